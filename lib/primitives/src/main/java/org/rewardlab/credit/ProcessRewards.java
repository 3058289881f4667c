package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Scores of a process reward model made safe to optimise: added up as they are, they pay a policy for steps that are right and
 * lead nowhere; clipped, or as differences, they cannot. Gao et al. 2024, "On designing effective RL reward at training time".
 *
 * <p>The reward of a step is {@code alpha} times its process part, plus the outcome on the last step. An outcome reward model is
 * the case of one score at the last step.
 *
 * <pre>{@code
 * var scores = nd.create(new float[][] {{1, 0.5f, 0.75f}});
 * var mask = nd.ones(new Shape(1, 3));
 * ProcessRewards.clip(scores, mask, 0.75)
 * // => ND: (1, 3) cpu() float32 [[0., -0.25, 0.]]
 * ProcessRewards.delta(scores, mask)
 * // => ND: (1, 3) cpu() float32 [[0.5, 0.5, 0.]]
 * var clipped = new ProcessRewards(ProcessRewards.Mechanism.CLIP, 1, 0.75);
 * clipped.rewards(scores, mask, nd.create(new float[] {1}))        // with the outcome
 * // => ND: (1, 3) cpu() float32 [[0., -0.25, 1.]]
 * }</pre>
 *
 * @param mechanism how scores become the process part
 * @param alpha weight of the process part, at least 0; 0 leaves the outcome alone
 * @param eta what the clip takes off, such that most steps get 0; not read by other mechanisms
 */
public record ProcessRewards(Mechanism mechanism, double alpha, double eta) implements CreditAssignment {

    /** From the scores of a row's steps to the process part of their rewards. */
    public enum Mechanism {
        /** None: the outcome is all. */
        SUCCESS_ONLY,
        /** The scores as they are: more steps, more reward. */
        NONE,
        /** {@code min(score - eta, 0)}: no step earns, a bad one costs. */
        CLIP,
        /** {@code score - next score}, the score itself on the last step but one, 0 on the last: the sum is the first score. */
        DELTA,
        /** Clipped, then differences. */
        CLIP_DELTA,
        /** Scores divided by the number of steps. */
        LENGTH_NORMALIZED;

        private boolean clips() {
            return this == CLIP || this == CLIP_DELTA;
        }
    }

    public ProcessRewards {
        Check.notNegative("alpha", alpha);
        if (mechanism.clips()) {
            Check.finite("eta", eta);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.STEP_SCORES);
    }

    /**
     * {@inheritDoc} Reads stepScores, mask, outcomes (or the row sums of rewards), and turns where a step has more than one token:
     * step rewards stand on each step's last counted token.
     *
     * @throws IllegalArgumentException for a row without steps, scores that are not finite, outcomes other than 0 and 1
     */
    @Override
    public NDArray assign(Rollouts rollouts) {
        rollouts.checkValues();
        Steps steps = Steps.of(rollouts).requireAny();
        double[] outcomes = Groups.outcomes(rollouts);
        double[][] rewards = steps.scores(rollouts, "process rewards");
        for (int b = 0; b < rewards.length; b++) {
            if (outcomes[b] != 0 && outcomes[b] != 1) {
                throw Check.failure(
                        rollouts.outcomes() == null ? "rewards" : "outcomes", "0 or 1", outcomes[b] + " in row " + b);
            }
            process(rewards[b]);
            for (int k = 0; k < rewards[b].length; k++) {
                rewards[b][k] *= alpha;
            }
            rewards[b][rewards[b].length - 1] += outcomes[b];
        }
        return steps.place(rewards);
    }

    /** Replaces the scores of a row's steps by the process part of their rewards. */
    private void process(double[] scores) {
        int n = scores.length;
        for (int k = 0; k < n; k++) {
            scores[k] = switch (mechanism) {
                case SUCCESS_ONLY -> 0;
                case CLIP, CLIP_DELTA -> Math.min(scores[k] - eta, 0);
                case LENGTH_NORMALIZED -> scores[k] / n;
                case NONE, DELTA -> scores[k];
            };
        }
        if (mechanism == Mechanism.DELTA || mechanism == Mechanism.CLIP_DELTA) {
            for (int k = 0; k < n - 2; k++) {
                scores[k] -= scores[k + 1];
            }
            scores[n - 1] = 0;
        }
    }

    /**
     * The clip alone: {@code min(score - eta, 0)}, never positive, so that no solution gains by being longer.
     *
     * @param stepScores a column for each step (B,K)
     * @param mask 1 on the steps of each row, which come first (B,K)
     * @return (B,K), 0 at padding
     * @throws IllegalArgumentException for a mask with holes or an empty row, or scores that are not finite
     */
    public static NDArray clip(NDArray stepScores, NDArray mask, double eta) {
        return process(new ProcessRewards(Mechanism.CLIP, 1, eta), stepScores, mask);
    }

    /**
     * The differences alone: with gamma 1 the return from each step but the last is its own score, whatever comes after.
     *
     * @param stepScores a column for each step (B,K)
     * @param mask 1 on the steps of each row, which come first (B,K)
     * @return (B,K), 0 at padding
     * @throws IllegalArgumentException for a mask with holes or an empty row, or scores that are not finite
     */
    public static NDArray delta(NDArray stepScores, NDArray mask) {
        return process(new ProcessRewards(Mechanism.DELTA, 1, 0), stepScores, mask);
    }

    private static NDArray process(ProcessRewards mechanism, NDArray stepScores, NDArray mask) {
        requirePrefix(stepScores, mask);
        try (NDArray none = stepScores.zerosLike()) {
            return mechanism.assign(Rollouts.of(none, mask).withStepScores(stepScores));
        }
    }

    /**
     * Step rewards with the outcome, one column for each step.
     *
     * @param stepScores (B,K)
     * @param mask 1 on the steps of each row, which come first (B,K)
     * @param success 0 or 1 (B)
     * @return rewards (B,K), 0 at padding; {@link Returns#toGo} sums what is to come
     * @throws IllegalArgumentException for a mask with holes or an empty row, scores that are not finite, other outcomes
     */
    public NDArray rewards(NDArray stepScores, NDArray mask, NDArray success) {
        requirePrefix(stepScores, mask);
        Check.shape("success", success, stepScores.getShape().get(0));
        double[] outcomes = Tensors.toDoubles(success);
        double[][] rewards =
                new double[outcomes.length][(int) stepScores.getShape().get(1)];
        for (int b = 0; b < outcomes.length; b++) {
            if (outcomes[b] != 0 && outcomes[b] != 1) {
                throw Check.failure("success", "0 or 1", outcomes[b]);
            }
            rewards[b][0] = outcomes[b];
        }
        try (NDArray first = Tensors.fromRows(stepScores.getManager(), rewards, stepScores.getDataType())) {
            return assign(Rollouts.of(first, mask).withStepScores(stepScores));
        }
    }

    private static void requirePrefix(NDArray stepScores, NDArray mask) {
        Check.matrix("stepScores", stepScores);
        Check.floating("stepScores", stepScores);
        Check.sameShape("mask", mask, "stepScores", stepScores);
        ValueCheck.of().mask("mask", mask).run();
        double[][] rows = Tensors.toRows(mask);
        for (int b = 0; b < rows.length; b++) {
            for (int k = 0; k < rows[b].length; k++) {
                if (rows[b][k] == 0 ? k == 0 : k > 0 && rows[b][k - 1] == 0) {
                    throw Check.failure("mask", "ones, at least one, then zeros in each row", "another row " + b);
                }
            }
        }
    }
}
