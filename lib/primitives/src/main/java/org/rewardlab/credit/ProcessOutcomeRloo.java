package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Dense process rewards and a sparse outcome, each with a leave-one-out baseline. Cui et al. 2025 (PRIME), eq. 6 and the released code.
 *
 * <p>With G the size of a group and m the mean process reward over a row's counted tokens, the process reward of each token loses its
 * baseline ({@link Baseline}), and the outcome, which stands on the last counted token, the mean of the others'; then
 *
 * <pre>{@code returns_t = processCoefficient * sum_{k >= t} gammaProcess^(k-t) p'_k
 *           + outcomeCoefficient * sum_{k >= t} gammaOutcome^(k-t) o'_k}</pre>
 *
 * <p>and the advantages are these, whitened over all counted tokens of the batch if asked for: {@code (R - mean) / sqrt(var + 1e-8)},
 * divisor n-1. A process coefficient of 0 without whitening and discount is {@link Rloo} on outcomes. A group of equal outcomes has no
 * outcome term and keeps its process term. Rewards, returns and advantages are constants, 0 outside the mask.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{2, 0}, {0, 0}}), nd.ones(new Shape(2, 2)))
 *         .withOutcomes(nd.create(new float[] {1, 0}))
 *         .withGroups(nd.create(new long[] {7, 7}));
 * var released = new ProcessOutcomeRloo(1, 1, 1, 1, false, ProcessOutcomeRloo.Baseline.SCALED);
 * released.estimate(rollouts).advantages()
 * // => ND: (2, 2) cpu() float32 [[3., 0.], [-3., -2.]]
 * var paper = new ProcessOutcomeRloo(1, 1, 1, 1, false, ProcessOutcomeRloo.Baseline.LEAVE_ONE_OUT);
 * paper.estimate(rollouts).advantages()
 * // => ND: (2, 2) cpu() float32 [[3., 1.], [-3., -2.]]
 * }</pre>
 *
 * @param processCoefficient weight of the process rewards, finite
 * @param outcomeCoefficient weight of the outcome, finite
 * @param gammaProcess discount of the process rewards, in [0, 1]
 * @param gammaOutcome discount of the outcome, in [0, 1]
 * @param whiten whether advantages are whitened
 * @param baseline what a process reward is compared with
 */
public record ProcessOutcomeRloo(
        double processCoefficient,
        double outcomeCoefficient,
        double gammaProcess,
        double gammaOutcome,
        boolean whiten,
        Baseline baseline)
        implements AdvantageEstimator {

    /** What a process reward p of a row is compared with. */
    public enum Baseline {
        /** {@code p G/(G-1) - (sum of all m)/(G-1)}, as in the released code. */
        SCALED,
        /** {@code p - (sum of the others' m)/(G-1)}, as in the paper; it differs from the other by {@code (p - m)/(G-1)}. */
        LEAVE_ONE_OUT
    }

    private static final double EPSILON = 1e-8;

    public ProcessOutcomeRloo {
        Check.finite("processCoefficient", processCoefficient);
        Check.finite("outcomeCoefficient", outcomeCoefficient);
        Check.within("gammaProcess", gammaProcess, 0, 1);
        Check.within("gammaOutcome", gammaOutcome, 0, 1);
    }

    /** Both at weight 1, undiscounted, whitened, with the baseline of the released code. */
    public ProcessOutcomeRloo() {
        this(1, 1, 1, 1, true, Baseline.SCALED);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS, Rollouts.Part.OUTCOMES);
    }

    /**
     * {@inheritDoc} Reads rewards (of the process), mask, outcomes and groups; rejects groups of one, rows without counted token, and
     * whitening of fewer than two tokens.
     */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        NDArray mask = rollouts.mask();
        NDArray outcomes = Check.present("outcomes", rollouts.outcomes(), "process and outcome advantages");
        ValueCheck.of()
                .mask("mask", mask)
                .finite("rewards", rollouts.rewards(), mask)
                .finite("outcomes", outcomes)
                .run();
        Groups.requireCounted(mask);
        double[][] process = Tensors.toRows(rollouts.rewards());
        double[][] counted = Tensors.toRows(mask);
        double[] outcome = Tensors.toDoubles(outcomes);
        double[] means = means(process, counted);
        double[][] returns = new double[process.length][];
        for (int[] rows : Groups.of(rollouts, "process and outcome advantages")) {
            if (rows.length < 2) {
                throw Check.failure("groups", "at least two rows in each group", rows.length);
            }
            double meanOutcome = Groups.mean(outcome, rows);
            double meanProcess = Groups.mean(means, rows);
            double factor = rows.length / (rows.length - 1.0);
            for (int b : rows) {
                double kept = baseline == Baseline.SCALED ? factor : 1;
                double shift = meanProcess * factor - (baseline == Baseline.SCALED ? 0 : means[b] / (rows.length - 1));
                double centred = (outcome[b] - meanOutcome) * factor;
                returns[b] = toGo(process[b], counted[b], kept, shift, centred);
            }
        }
        double[][] advantages = whiten ? whitened(returns, counted) : returns;
        try (Scope scope = Scope.open()) {
            var manager = rollouts.rewards().getManager();
            var type = rollouts.rewards().getDataType();
            return new Advantages(
                    scope.keep(Tensors.fromRows(manager, advantages, type)),
                    scope.keep(Tensors.fromRows(manager, returns, type)));
        }
    }

    /** The mean over the counted tokens of each row. */
    private static double[] means(double[][] values, double[][] counted) {
        double[] means = new double[values.length];
        for (int b = 0; b < means.length; b++) {
            double n = 0;
            for (int t = 0; t < values[b].length; t++) {
                means[b] += counted[b][t] == 0 ? 0 : values[b][t];
                n += counted[b][t];
            }
            means[b] /= n;
        }
        return means;
    }

    private double[] toGo(double[] process, double[] counted, double factor, double shift, double outcome) {
        double[] returns = new double[process.length];
        double processToGo = 0;
        double outcomeToGo = 0;
        boolean last = true;
        for (int t = returns.length - 1; t >= 0; t--) {
            processToGo *= gammaProcess;
            outcomeToGo *= gammaOutcome;
            if (counted[t] != 0) {
                processToGo += process[t] * factor - shift;
                outcomeToGo += last ? outcome : 0;
                last = false;
                returns[t] = processCoefficient * processToGo + outcomeCoefficient * outcomeToGo;
            }
        }
        return returns;
    }

    private static double[][] whitened(double[][] values, double[][] counted) {
        double n = 0;
        double sum = 0;
        for (int b = 0; b < values.length; b++) {
            for (int t = 0; t < values[b].length; t++) {
                n += counted[b][t];
                sum += values[b][t];
            }
        }
        if (n < 2) {
            throw Check.failure("mask", "at least two counted tokens to whiten", n);
        }
        double mean = sum / n;
        double squares = 0;
        for (int b = 0; b < values.length; b++) {
            for (int t = 0; t < values[b].length; t++) {
                squares += counted[b][t] * (values[b][t] - mean) * (values[b][t] - mean);
            }
        }
        double deviation = Math.sqrt(squares / (n - 1) + EPSILON);
        double[][] white = new double[values.length][values[0].length];
        for (int b = 0; b < values.length; b++) {
            for (int t = 0; t < values[b].length; t++) {
                white[b][t] = counted[b][t] == 0 ? 0 : (values[b][t] - mean) / deviation;
            }
        }
        return white;
    }
}
