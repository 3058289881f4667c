package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * The baseline of least variance for each token position: reward-to-go averaged over the group with the energy of the
 * gradient so far as weight. Li et al. 2026, "The optimal token baseline"; after Greensmith et al. 2004.
 *
 * <p>With {@code R} the reward-to-go and {@code pi} the probability of a drawn token, the squared gradient of its
 * log-probability by the logits is {@code w = 1 - 2 pi + sum_v p_v^2} (times the squared importance weight), {@code W}
 * its sum from the first token on, and the baseline at t is {@code sum_i R W / (sum_i W + epsilon)} over the group's
 * counted tokens at t. Advantages are {@code R} minus it on counted tokens, 0 elsewhere; a group of one has baseline 0.
 * With equal energies it is the group mean at each position.
 *
 * <pre>{@code
 * var mask = nd.create(new float[][] {{1, 1}, {1, 1}});
 * var rollouts = Rollouts.of(nd.create(new float[][] {{0, 1}, {0, 0}}), mask)
 *         .withGroups(nd.create(new long[] {7, 7}))
 *         .withOldLogps(nd.create(new float[][] {{-1, -1}, {-0.1f, -0.1f}}))
 *         .withSquaredProbabilities(nd.create(new float[][] {{0.4f, 0.4f}, {0.85f, 0.85f}}));
 * new OptimalTokenBaseline().estimate(rollouts).advantages()
 * // => ND: (2, 2) cpu() float32 [[0.0572, 0.0572], [-0.9428, -0.9428]]
 * }</pre>
 *
 * @param handleZeroTail whether the one longest response of a group has baseline 0 from the length of the second
 *     longest on, where it would be compared with itself alone
 * @param epsilon added to the sum of weights
 */
public record OptimalTokenBaseline(boolean handleZeroTail, double epsilon) implements AdvantageEstimator {

    private static final Script ON_DEVICE = Script.of("""
            def advantages(self, returns: Tensor, logps: Tensor, squares: Tensor, weights: Tensor, mask: Tensor, group: Tensor, starts: Tensor, groups: int, eps: float) -> Tensor:
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(returns)
              m = torch.type_as(counted, returns)
              pi = torch.exp(torch.where(counted, torch.type_as(logps, returns), zero))
              u = torch.where(counted, torch.type_as(weights, returns), zero)
              w = torch.add(torch.sub(torch.ones_like(pi), torch.mul(pi, 2.)), torch.where(counted, torch.type_as(squares, returns), zero))
              energy = torch.mul(torch.cumsum(torch.mul(torch.mul(torch.mul(w, u), u), m), 1), m)
              table = torch.zeros_like(torch.slice(torch.expand(torch.slice(returns, 0, 0, 1), [groups, torch.size(returns, 1)]), 0, 0, groups))
              above = torch.index_add(table, 0, group, torch.mul(returns, energy))
              below = torch.index_add(table, 0, group, energy)
              baseline = torch.index_select(torch.div(above, torch.add(below, eps)), 0, group)
              place = torch.sub(torch.cumsum(torch.ones_like(returns), 1), 1.)
              baseline = torch.where(torch.lt(place, torch.unsqueeze(torch.type_as(starts, returns), -1)), baseline, zero)
              return torch.mul(torch.sub(returns, baseline), m)
            """);

    public OptimalTokenBaseline {
        Check.notNegative("epsilon", epsilon);
    }

    /** Without treatment of the tail, epsilon 1e-8. */
    public OptimalTokenBaseline() {
        this(false, 1e-8);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS, Rollouts.Part.OLD_LOGPS, Rollouts.Part.SQUARED_PROBABILITIES);
    }

    /** {@inheritDoc} Reads rewards, mask, groups, oldLogps, squaredProbabilities and, where given, isWeights. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        return estimate(rollouts, Recurrence.onDevice(rollouts.rewards()));
    }

    Advantages estimate(Rollouts rollouts, boolean onDevice) {
        NDArray mask = rollouts.mask();
        NDArray logps = Check.present("oldLogps", rollouts.oldLogps(), "the optimal token baseline");
        NDArray squares =
                Check.present("squaredProbabilities", rollouts.squaredProbabilities(), "the optimal token baseline");
        NDArray weights = rollouts.isWeights();
        boolean inFloats = !onDevice
                && FloatScan.reads(rollouts.rewards(), logps, squares, weights == null ? mask : weights, mask);
        if (!inFloats) {
            checkNumbers(rollouts, logps, squares);
        }
        List<int[]> groups = Groups.of(rollouts, "the optimal token baseline");
        double[] ends = baselineEnds(groups, mask);
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            if (inFloats) {
                NDArray[] both = FloatTokenBaseline.of(
                        rollouts, logps, squares, groups, ends, epsilon, () -> checkNumbers(rollouts, logps, squares));
                return new Advantages(scope.keep(both[0]), scope.keep(both[1]));
            }
            NDArray returns = Returns.discounted(rollouts.rewards(), mask, 1, onDevice);
            NDArray advantages = onDevice
                    ? ON_DEVICE.call(
                            returns,
                            logps,
                            squares,
                            weights == null ? mask : weights,
                            mask,
                            numbers(groups, returns),
                            Tensors.create(returns.getManager(), ends, returns.getDataType(), ends.length),
                            (long) groups.size(),
                            epsilon)
                    : onHost(rollouts, Tensors.toDoubles(returns), logps, squares, groups, ends);
            return new Advantages(scope.keep(advantages), scope.keep(returns));
        }
    }

    private static void checkNumbers(Rollouts rollouts, NDArray logps, NDArray squares) {
        NDArray mask = rollouts.mask();
        rollouts.checkValues();
        ValueCheck check = ValueCheck.of().noNaN("oldLogps", logps, mask).noNaN("squaredProbabilities", squares, mask);
        NDArray weights = rollouts.isWeights();
        if (weights != null) {
            check.noNaN("isWeights", weights, mask);
        }
        check.run();
    }

    /** The position from which on each row's baseline is 0. */
    private double[] baselineEnds(List<int[]> groups, NDArray mask) {
        double[] lengths = handleZeroTail
                ? Groups.lengths(mask)
                : new double[(int) mask.getShape().get(0)];
        double[] ends = new double[lengths.length];
        for (int[] rows : groups) {
            double longest = -1;
            double second = -1;
            for (int b : rows) {
                second = Math.max(second, Math.min(longest, lengths[b]));
                longest = Math.max(longest, lengths[b]);
            }
            for (int b : rows) {
                boolean tail = handleZeroTail && lengths[b] == longest && second < longest;
                ends[b] = rows.length == 1 ? 0 : tail ? second : mask.getShape().get(1);
            }
        }
        return ends;
    }

    private static NDArray numbers(List<int[]> groups, NDArray like) {
        long[] numbers = new long[(int) like.getShape().get(0)];
        for (int g = 0; g < groups.size(); g++) {
            for (int b : groups.get(g)) {
                numbers[b] = g;
            }
        }
        return Tensors.create(like.getManager(), numbers, numbers.length);
    }

    private NDArray onHost(
            Rollouts rollouts, double[] returns, NDArray logps, NDArray squares, List<int[]> groups, double[] ends) {
        NDArray rewards = rollouts.rewards();
        double[] mask = Tensors.toDoubles(rollouts.mask());
        int tokens = (int) rewards.getShape().get(1);
        double[] energy = energies(rollouts, logps, squares, mask, tokens);
        double[] advantages = new double[returns.length];
        double[] above = new double[tokens];
        double[] below = new double[tokens];
        for (int[] rows : groups) {
            Arrays.fill(above, 0);
            Arrays.fill(below, 0);
            for (int b : rows) {
                for (int t = 0, i = b * tokens; t < tokens; t++, i++) {
                    above[t] += returns[i] * energy[i];
                    below[t] += energy[i];
                }
            }
            for (int b : rows) {
                for (int t = 0, i = b * tokens; t < tokens; t++, i++) {
                    double baseline = t < ends[b] ? above[t] / (below[t] + epsilon) : 0;
                    advantages[i] = mask[i] == 0 ? 0 : returns[i] - baseline;
                }
            }
        }
        return Tensors.create(
                rewards.getManager(),
                advantages,
                rewards.getDataType(),
                rewards.getShape().getShape());
    }

    /** The energy of the gradient up to and including each counted token, 0 on the others. */
    private static double[] energies(Rollouts rollouts, NDArray logps, NDArray squares, double[] mask, int tokens) {
        double[] logp = Tensors.toDoubles(logps);
        double[] square = Tensors.toDoubles(squares);
        NDArray isWeights = rollouts.isWeights();
        double[] weight = isWeights == null ? mask : Tensors.toDoubles(isWeights);
        double sum = 0;
        for (int i = 0; i < logp.length; i++) {
            sum = i % tokens == 0 ? 0 : sum;
            if (mask[i] != 0) {
                sum += (1 - 2 * Math.exp(logp[i]) + square[i]) * weight[i] * weight[i];
            }
            logp[i] = mask[i] == 0 ? 0 : sum;
        }
        return logp;
    }
}
