package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Numbers;
import org.rewardlab.tensor.Script;

/**
 * {@link OptimalTokenBaseline} for float32 matrices on the CPU: a group at a time, straight from native memory, every
 * row in an array of its own.
 */
final class FloatTokenBaseline {

    /**
     * Probabilities, in new memory in row-major order, and in the manager of the rewards; some builds of PyTorch have a
     * fast power of 2 and a slow exponential function.
     */
    private static final Script PROBABILITIES = Script.of("""
            def exponential(self, rewards: Tensor, logps: Tensor) -> Tensor:
              return torch.exp2_(torch.contiguous(torch.mul(logps, 1.4426950408889634)))
            """);

    private final float epsilon;
    private final double[] ends;
    private final int tokens;
    private final float[][] buffers;
    private final float[][] returns;
    private final float[][] energies;
    private final int[] lengths;
    private final float[] scratch;
    private final float[] above;
    private final float[] below;
    private int longest;

    private FloatTokenBaseline(double epsilon, double[] ends, int tokens, int rows) {
        this.epsilon = (float) epsilon;
        this.ends = ends;
        this.tokens = tokens;
        lengths = new int[rows];
        buffers = RowBuffers.take(2 * rows + 3, tokens);
        returns = Arrays.copyOfRange(buffers, 0, rows);
        energies = Arrays.copyOfRange(buffers, rows, 2 * rows);
        scratch = buffers[2 * rows];
        above = buffers[2 * rows + 1];
        below = buffers[2 * rows + 2];
    }

    /**
     * Advantages and returns.
     *
     * @param logps of the drawn tokens
     * @param squares sums of squared probabilities
     * @param ends for each row, from which position on its baseline is 0
     * @param check of all numbers of the inputs, made at most once: when a row came out as NaN, which is contagious, or
     *     its mask is not plainly a run of ones
     */
    static NDArray[] of(
            Rollouts rollouts,
            NDArray logps,
            NDArray squares,
            List<int[]> groups,
            double[] ends,
            double epsilon,
            Runnable check) {
        NDArray rewards = rollouts.rewards();
        NDArray advantages = PROBABILITIES.call(rewards, logps); // a group's probabilities, until it has advantages
        NDArray returns = rewards.getManager().create(rewards.getShape(), rewards.getDataType());
        int most = 0;
        for (int[] rows : groups) {
            most = Math.max(most, rows.length);
        }
        int tokens = (int) rewards.getShape().get(1);
        NDArray weights = rollouts.isWeights();
        FloatTokenBaseline baseline = new FloatTokenBaseline(epsilon, ends, tokens, most);
        try (Numbers r = Numbers.of(rewards);
                Numbers p = Numbers.of(advantages);
                Numbers s = Numbers.of(squares);
                Numbers u = weights == null ? null : Numbers.of(weights);
                Numbers mask = Numbers.of(rollouts.mask());
                Numbers out = Numbers.of(returns)) {
            boolean checked = false;
            for (int[] rows : groups) {
                if (!baseline.scan(rows, r, p, s, u, mask) && !checked) {
                    check.run();
                    checked = true;
                }
                baseline.write(baseline.returns, rows, out);
                baseline.subtract(rows, mask);
                baseline.write(baseline.energies, rows, p);
            }
            RowBuffers.giveBack(baseline.buffers);
        }
        return new NDArray[] {advantages, returns};
    }

    /** Returns and summed energies of a group's rows; {@code false} where someone has to look at the numbers again. */
    private boolean scan(
            int[] rows,
            Numbers rewards,
            Numbers probabilities,
            Numbers squares,
            @Nullable Numbers weights,
            Numbers mask) {
        boolean plain = true;
        for (int i = 0; i < rows.length; i++) {
            lengths[i] = mask.onesBeforeZeros(rows[i] * tokens, tokens);
            plain &= lengths[i] >= 0;
        }
        longest = FloatScan.longest(lengths, rows.length, tokens);
        for (int i = 0; i < rows.length; i++) {
            int start = rows[i] * tokens;
            rewards.read(start, returns[i], longest);
            squares.read(start, energies[i], longest);
            probabilities.read(start, scratch, longest);
            energy(energies[i], scratch, longest);
            if (weights != null) {
                weights.read(start, scratch, longest);
                timesSquare(energies[i], scratch, longest);
            }
        }
        zeroOutside(returns, rows, mask);
        zeroOutside(energies, rows, mask);
        boolean returned = FloatScan.accumulate(returns, rows.length, longest, 1);
        boolean weighed = FloatScan.sumUp(energies, rows.length, longest);
        zeroOutside(energies, rows, mask);
        return plain && returned && weighed;
    }

    private void zeroOutside(float[][] values, int[] rows, Numbers mask) {
        for (int i = 0; i < rows.length; i++) {
            if (lengths[i] >= 0) {
                Arrays.fill(values[i], lengths[i], longest, 0);
            } else {
                mask.read(rows[i] * tokens, scratch, tokens);
                FloatScan.zeroOutside(values[i], scratch);
            }
        }
    }

    private void write(float[][] values, int[] rows, Numbers into) {
        for (int i = 0; i < rows.length; i++) {
            Arrays.fill(values[i], longest, tokens, 0);
            into.write(rows[i] * tokens, values[i], tokens);
        }
    }

    /** Puts advantages where the energies were. */
    private void subtract(int[] rows, Numbers mask) {
        if (rows.length > FloatScan.ROWS) {
            weighMany(rows.length);
        } else {
            weigh(0, rows.length);
        }
        divide(above, below, epsilon, longest);
        for (int i = 0; i < rows.length; i++) {
            int end = (int) Math.min(longest, ends[rows[i]]);
            difference(returns[i], above, energies[i], end);
            System.arraycopy(returns[i], end, energies[i], end, longest - end);
        }
        zeroOutside(energies, rows, mask);
    }

    /** The weighted sum of returns and the sum of weights at each position, over some rows. */
    private void weigh(int from, int to) {
        Arrays.fill(above, 0, longest, 0);
        Arrays.fill(below, 0, longest, 0);
        int i = from;
        for (; i + 1 < to; i += 2) { // two at a time, since the sums are read and written each time
            addProducts(above, returns[i], energies[i], returns[i + 1], energies[i + 1], longest);
            add(below, energies[i], energies[i + 1], longest);
        }
        if (i < to) {
            addProducts(above, returns[i], energies[i], longest);
            add(below, energies[i], longest);
        }
    }

    /** Many rows: a few at a time in float32, and these sums in float64. */
    private void weighMany(int rows) {
        double[] total = new double[longest];
        double[] weight = new double[longest];
        for (int from = 0; from < rows; from += FloatScan.ROWS) {
            weigh(from, Math.min(rows, from + FloatScan.ROWS));
            for (int t = 0; t < longest; t++) {
                total[t] += above[t];
                weight[t] += below[t];
            }
        }
        for (int t = 0; t < longest; t++) {
            above[t] = (float) total[t];
            below[t] = (float) weight[t];
        }
    }

    // The loops below are what the compiler turns into vector instructions: plain, with one array written.

    private static void energy(float[] squares, float[] probabilities, int count) {
        for (int t = 0; t < count; t++) {
            squares[t] += 1 - 2 * probabilities[t];
        }
    }

    private static void timesSquare(float[] values, float[] factors, int count) {
        for (int t = 0; t < count; t++) {
            values[t] *= factors[t] * factors[t];
        }
    }

    private static void addProducts(float[] sums, float[] a, float[] b, int count) {
        for (int t = 0; t < count; t++) {
            sums[t] += a[t] * b[t];
        }
    }

    private static void addProducts(float[] sums, float[] a, float[] b, float[] c, float[] d, int count) {
        for (int t = 0; t < count; t++) {
            sums[t] += a[t] * b[t] + c[t] * d[t];
        }
    }

    private static void add(float[] sums, float[] a, float[] b, int count) {
        for (int t = 0; t < count; t++) {
            sums[t] += a[t] + b[t];
        }
    }

    private static void add(float[] sums, float[] values, int count) {
        for (int t = 0; t < count; t++) {
            sums[t] += values[t];
        }
    }

    private static void divide(float[] above, float[] below, float epsilon, int count) {
        for (int t = 0; t < count; t++) {
            above[t] /= below[t] + epsilon;
        }
    }

    private static void difference(float[] returns, float[] baseline, float[] advantages, int end) {
        for (int t = 0; t < end; t++) {
            advantages[t] = returns[t] - baseline[t];
        }
    }
}
