package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.NanMoments;
import org.rewardlab.tensor.PrefixMask;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/**
 * What the steps of an agent earn when a judge scores each of them and the trajectory ends well or badly. Xu et al. 2025 (PPR, ReNorm).
 *
 * <p>Scores of steps are positive, so that an agent that is paid them collects by taking many plausible steps. Centring score and outcome
 * together pays a step only as far as the trajectory succeeds: with outcome 0 nothing is above 0, with outcome 1 nothing below.
 *
 * <p>Positions are steps: {@code rewards} (B,K) hold the judge's scores in [0, 1], {@code mask} ones and then zeros, {@code outcomes} are in
 * [0, 1]. The last step is the answer and earns the outcome; the steps before it earn {@code processCoefficient} times what the mode
 * says. In token-level training the reward of a step stands on its last token ({@link
 * org.rewardlab.tensor.TurnTokens#onLastToken}). With one step all modes agree.
 *
 * <pre>{@code
 * var scores = nd.create(new float[][] {{0.75f, 0.25f, 0.5f}, {0.75f, 0.25f, 0.5f}});
 * var rollouts = Rollouts.of(scores, nd.ones(new Shape(2, 3)))
 *         .withOutcomes(nd.create(new float[] {1, 0}));            // the same steps, right and wrong at the end
 * new CentredStepRewards().assign(rollouts)
 * // => ND: (2, 3) cpu() float32 [[0.75, 0.25, 1.], [-0.25, -0.75, 0.]]
 * new CentredStepRewards(CentredStepRewards.Mode.RAW).assign(rollouts)
 * // => ND: (2, 3) cpu() float32 [[0.75, 0.25, 1.], [0.75, 0.25, 0.]]
 * new CentredStepRewards().assignWithReturns(rollouts).returns()
 * // => ND: (2, 3) cpu() float32 [[2., 1.25, 1.], [-1., -0.75, 0.]]
 * }</pre>
 *
 * @param mode what the steps before the answer earn
 * @param answer what the answer earns
 * @param processCoefficient weight of the steps before the answer, finite; 0 is the outcome alone
 * @param epsilon what {@link Mode#WHITEN} adds to the standard deviation, at least 0
 */
public record CentredStepRewards(Mode mode, Answer answer, double processCoefficient, double epsilon)
        implements CreditAssignment {

    /** What a step of score p before an answer of outcome o earns. */
    public enum Mode {
        /** {@code p + o - 1}: both centred. */
        RENORM,
        /** {@code p - 1/2}, whatever the outcome (ablation). */
        PROCESS_CENTERED,
        /** {@code p}. */
        RAW,
        /** Nothing. */
        OUTCOME_ONLY,
        /** {@code p o}: what renorm earns, plus {@code (1-p)(1-o)}. */
        GATED,
        /** {@code (p - mean) / (std + epsilon)} over all such steps of the batch, divisor n-1, std 1 for a single one. */
        WHITEN
    }

    /** What the answer earns. */
    public enum Answer {
        /** The outcome. */
        OUTCOME,
        /** The outcome minus one half. */
        CENTERED
    }

    public CentredStepRewards {
        Check.finite("processCoefficient", processCoefficient);
        Check.notNegative("epsilon", epsilon);
    }

    /** At weight 1, the answer earning the outcome. */
    public CentredStepRewards(Mode mode) {
        this(mode, Answer.OUTCOME, 1, 1e-6);
    }

    /** Both centred. */
    public CentredStepRewards() {
        this(Mode.RENORM);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.OUTCOMES);
    }

    /** {@inheritDoc} Reads rewards, mask and outcomes; rejects numbers outside [0, 1], a mask with holes, a row without step. */
    @Override
    public NDArray assign(Rollouts rollouts) {
        NDArray outcomes = Check.present("outcomes", rollouts.outcomes(), "centred step rewards");
        int[] lengths = PrefixMask.positiveLengths("mask", rollouts.mask());
        double[] outcome = Tensors.toDoubles(outcomes);
        double[][] process = Tensors.toRows(rollouts.rewards());
        List<Double> before = new ArrayList<>();
        for (int b = 0; b < process.length; b++) {
            Check.within("outcomes", outcome[b], 0, 1);
            for (int k = 0; k < lengths[b]; k++) {
                Check.within("rewards", process[b][k], 0, 1);
                if (k < lengths[b] - 1) {
                    before.add(process[b][k]);
                }
            }
        }
        double[] scores = before.stream().mapToDouble(Double::doubleValue).toArray();
        double mean = NanMoments.mean(scores);
        double deviation = (scores.length < 2 ? 1 : NanMoments.std(scores)) + epsilon;
        double[][] rewards = new double[process.length][process[0].length];
        for (int b = 0; b < rewards.length; b++) {
            int last = lengths[b] - 1;
            for (int k = 0; k < last; k++) {
                rewards[b][k] = processCoefficient * step(process[b][k], outcome[b], mean, deviation);
            }
            rewards[b][last] = answer == Answer.OUTCOME ? outcome[b] : outcome[b] - 0.5;
        }
        return Tensors.fromRows(
                rollouts.rewards().getManager(), rewards, rollouts.rewards().getDataType());
    }

    /** The rewards of the steps and their undiscounted sums from each step on, both (B,K), 0 outside the mask. */
    public Assigned assignWithReturns(Rollouts rollouts) {
        try (Scope scope = Scope.open()) {
            NDArray rewards = assign(rollouts);
            return new Assigned(scope.keep(rewards), scope.keep(Returns.toGo(rewards, rollouts.mask())));
        }
    }

    /**
     * Rewards of steps and what is still to come at each.
     *
     * @param rewards (B,K)
     * @param returns (B,K)
     */
    public record Assigned(NDArray rewards, NDArray returns) {}

    private double step(double p, double o, double mean, double deviation) {
        return switch (mode) {
            case RENORM -> p + o - 1;
            case PROCESS_CENTERED -> p - 0.5;
            case RAW -> p;
            case OUTCOME_ONLY -> 0;
            case GATED -> p * o;
            case WHITEN -> p == mean ? 0 : (p - mean) / deviation;
        };
    }
}
