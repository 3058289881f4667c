package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.NanMoments;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * An episode's advantage from its outcome plus a step's advantage from its own reward. Liu et al. 2025 (iStar), eq. 6 to 8.
 *
 * <p>Positions are steps: {@code rewards} (B,K) of each, {@code mask} the steps there are, {@code outcomes} of the episodes. Each part
 * compares a number with those of its group: outcomes with outcomes, step rewards with step rewards ({@link StepBaseline}). The step part
 * is added with weight alpha; alpha 0 leaves the plain estimator on outcomes. Constants, 0 outside the mask.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{1, 0}, {0, 0}}), nd.create(new float[][] {{1, 1}, {1, 0}}))
 *         .withOutcomes(nd.create(new float[] {1, 0}))
 *         .withGroups(nd.create(new long[] {7, 7}));
 * var parts = new StepEpisodeAdvantage(0.5).parts(rollouts);
 * parts.episode()
 * // => ND: (2, 2) cpu() float32 [[1., 1.], [-1., 0.]]
 * parts.step()
 * // => ND: (2, 2) cpu() float32 [[1., -0.5], [-0.5, 0.]]
 * parts.advantages()
 * // => ND: (2, 2) cpu() float32 [[1.5, 0.75], [-1.25, 0.]]
 * }</pre>
 *
 * @param alpha weight of the step part, finite
 * @param estimator how a number is compared
 * @param stepBaseline which step rewards a step reward is compared with
 * @param combination which parts are used
 * @param epsilon what {@link Estimator#GRPO} adds to standard deviations, at least 0
 */
public record StepEpisodeAdvantage(
        double alpha, Estimator estimator, StepBaseline stepBaseline, Combination combination, double epsilon)
        implements AdvantageEstimator {

    /** How a number x is compared with a set of n; a set of one has no baseline, x passes through. */
    public enum Estimator {
        /** {@code (x - mean) n / (n-1)}, the leave-one-out mean for a member of the set. */
        RLOO,
        /** {@code (x - mean) / (std + epsilon)}, divisor n-1. */
        GRPO,
        /** {@code x - mean}. */
        MEAN
    }

    /** Which step rewards a step reward is compared with. */
    public enum StepBaseline {
        /** Those of all steps of the group. */
        ALL_STEPS,
        /** Those of the first step of each trajectory: an artefact of the released code. */
        FIRST_STEP
    }

    /** Which parts are used. */
    public enum Combination {
        /** Both. */
        SUM,
        /** The step rewards are added to the outcome, and that alone is compared (ablation). */
        MERGED,
        /** The step part alone (ablation). */
        PROCESS_ONLY
    }

    /**
     * The advantages and what they are made of, each (B,K).
     *
     * @param advantages {@code episode + alpha * step}
     * @param episode part of the episode, 0 for {@link Combination#PROCESS_ONLY}
     * @param step part of the step before alpha, 0 for {@link Combination#MERGED}
     */
    public record Parts(NDArray advantages, NDArray episode, NDArray step) {}

    public StepEpisodeAdvantage {
        Check.finite("alpha", alpha);
        Check.notNegative("epsilon", epsilon);
    }

    /** Leave-one-out over outcomes and over all steps of the group. */
    public StepEpisodeAdvantage(double alpha) {
        this(alpha, Estimator.RLOO, StepBaseline.ALL_STEPS, Combination.SUM, GroupRelative.EPSILON);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS, Rollouts.Part.OUTCOMES);
    }

    /** {@inheritDoc} Reads rewards, mask, outcomes and groups; rejects a row without step. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        try (Scope scope = Scope.open()) {
            return new Advantages(scope.keep(parts(rollouts).advantages()), null);
        }
    }

    /** Like {@link #estimate}, with both parts. */
    public Parts parts(Rollouts rollouts) {
        NDArray outcomes = Check.present("outcomes", rollouts.outcomes(), "advantages of steps and episodes");
        ValueCheck.of()
                .mask("mask", rollouts.mask())
                .finite("rewards", rollouts.rewards(), rollouts.mask())
                .finite("outcomes", outcomes)
                .run();
        Groups.requireCounted(rollouts.mask());
        double[][] rewards = Tensors.toRows(rollouts.rewards());
        double[][] counted = Tensors.toRows(rollouts.mask());
        double[] outcome = Tensors.toDoubles(outcomes);
        double[][] episode = new double[rewards.length][rewards[0].length];
        double[][] step = new double[rewards.length][rewards[0].length];
        if (combination == Combination.MERGED) {
            addSums(outcome, rewards, counted);
        }
        for (int[] rows : Groups.of(rollouts, "advantages of steps and episodes")) {
            double[] outcomesOfGroup = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                outcomesOfGroup[i] = outcome[rows[i]];
            }
            double[] steps = baselineSteps(rewards, counted, rows);
            for (int b : rows) {
                double ofEpisode = compare(outcome[b], outcomesOfGroup);
                for (int k = 0; k < rewards[b].length; k++) {
                    if (counted[b][k] != 0) {
                        episode[b][k] = combination == Combination.PROCESS_ONLY ? 0 : ofEpisode;
                        step[b][k] = combination == Combination.MERGED ? 0 : compare(rewards[b][k], steps);
                    }
                }
            }
        }
        return parts(rollouts, episode, step);
    }

    private Parts parts(Rollouts rollouts, double[][] episode, double[][] step) {
        double[][] sum = new double[episode.length][episode[0].length];
        for (int b = 0; b < sum.length; b++) {
            for (int k = 0; k < sum[b].length; k++) {
                sum[b][k] = episode[b][k] + alpha * step[b][k];
            }
        }
        var manager = rollouts.rewards().getManager();
        var type = rollouts.rewards().getDataType();
        return new Parts(
                Tensors.fromRows(manager, sum, type),
                Tensors.fromRows(manager, episode, type),
                Tensors.fromRows(manager, step, type));
    }

    private static void addSums(double[] outcome, double[][] rewards, double[][] counted) {
        for (int b = 0; b < outcome.length; b++) {
            for (int k = 0; k < rewards[b].length; k++) {
                outcome[b] += counted[b][k] == 0 ? 0 : rewards[b][k];
            }
        }
    }

    private double[] baselineSteps(double[][] rewards, double[][] counted, int[] rows) {
        List<Double> steps = new ArrayList<>();
        for (int b : rows) {
            for (int k = 0; k < rewards[b].length; k++) {
                if (counted[b][k] != 0) {
                    steps.add(rewards[b][k]);
                    if (stepBaseline == StepBaseline.FIRST_STEP) {
                        break;
                    }
                }
            }
        }
        return steps.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double compare(double x, double[] set) {
        int n = set.length;
        if (n == 1) {
            return estimator == Estimator.GRPO ? x / (1 + epsilon) : x;
        }
        double centred = x - NanMoments.mean(set);
        return switch (estimator) {
            case RLOO -> centred * n / (n - 1);
            case GRPO -> centred == 0 ? 0 : centred / (NanMoments.std(set) + epsilon);
            case MEAN -> centred;
        };
    }
}
