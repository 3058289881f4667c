package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.TurnTokens;
import org.rewardlab.tensor.ValueCheck;

/**
 * What each token earned, as a language model trained on outcomes implies it: beta times its log-ratio to a reference. Yuan et al. 2024
 * (implicit PRM), eq. 2; Cui et al. 2025 (PRIME), eq. 3; by turns Liu et al. 2025 (iStar), eq. 4.
 *
 * <p>{@code logps} of the rollouts are the process reward model's here, {@code refLogps} those of its reference: a frozen start, or the
 * policy that sampled. The rewards of a row sum to its score whatever the granularity. Equal models give 0.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.zeros(new Shape(1, 3)), nd.ones(new Shape(1, 3)))
 *         .withLogps(nd.create(new float[][] {{-1, -1, -1}}))
 *         .withRefLogps(nd.create(new float[][] {{-2, -3, -2}}))
 *         .withTurns(nd.create(new int[][] {{0, 0, 1}}));
 * new ImplicitReward(0.5).assign(rollouts)
 * // => ND: (1, 3) cpu() float32 [[0.5, 1., 0.5]]
 * new ImplicitReward(0.5, ImplicitReward.Granularity.SEQUENCE).assign(rollouts)
 * // => ND: (1, 3) cpu() float32 [[0., 0., 2.]]
 * new ImplicitReward(0.5, ImplicitReward.Granularity.TURN).assign(rollouts)
 * // => ND: (1, 3) cpu() float32 [[0., 1.5, 0.5]]
 * ImplicitReward.ofTurns(rollouts.logps(), rollouts.refLogps(), rollouts.turns(), 2, 0.5)
 * // => ND: (1, 2) cpu() float32 [[1.5, 0.5]]
 * }</pre>
 *
 * @param beta scale of the log-ratio, above 0; 0.05 is usual
 * @param granularity where the reward stands
 */
public record ImplicitReward(double beta, Granularity granularity) implements CreditAssignment {

    /** Where the reward stands. */
    public enum Granularity {
        /** On each token its own. */
        TOKEN,
        /** The sum of a row on its last counted token. */
        SEQUENCE,
        /** The sum of a turn on its last counted token; tokens of no turn earn nothing. */
        TURN
    }

    private static final Script SCALED = Script.of("""
            def scaled(self, logps: Tensor, ref: Tensor, beta: float) -> Tensor:
              return torch.mul(torch.sub(logps, torch.detach(ref)), beta)
            """);

    public ImplicitReward {
        Check.positive("beta", beta);
    }

    /** On each token its own. */
    public ImplicitReward(double beta) {
        this(beta, Granularity.TOKEN);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return granularity == Granularity.TURN
                ? Set.of(Rollouts.Part.LOGPS, Rollouts.Part.REF_LOGPS, Rollouts.Part.TURNS)
                : Set.of(Rollouts.Part.LOGPS, Rollouts.Part.REF_LOGPS);
    }

    /** {@inheritDoc} Reads mask, logps and refLogps, for turns also turns; rejects what is not finite on counted tokens. */
    @Override
    public NDArray assign(Rollouts rollouts) {
        NDArray logps = Check.present("logps", rollouts.logps(), "implicit rewards");
        NDArray reference = Check.present("refLogps", rollouts.refLogps(), "implicit rewards");
        NDArray mask = rollouts.mask();
        ValueCheck.of()
                .mask("mask", mask)
                .finite("logps", logps, mask)
                .finite("refLogps", reference, mask)
                .run();
        double[][] rewards = Tensors.toRows(logps);
        double[][] ref = Tensors.toRows(reference);
        double[][] counted = Tensors.toRows(mask);
        for (int b = 0; b < rewards.length; b++) {
            for (int t = 0; t < rewards[b].length; t++) {
                rewards[b][t] = counted[b][t] == 0 ? 0 : beta * (rewards[b][t] - ref[b][t]);
            }
        }
        if (granularity == Granularity.SEQUENCE) {
            gather(rewards, counted, new double[rewards.length][rewards[0].length]);
        } else if (granularity == Granularity.TURN) {
            NDArray turns = Check.present("turns", rollouts.turns(), "implicit rewards of turns");
            TurnTokens.count(turns); // rejects what is no turn
            gather(rewards, counted, Tensors.toRows(turns));
        }
        return Tensors.fromRows(logps.getManager(), rewards, logps.getDataType());
    }

    /** Moves each reward to the last counted token of its turn. */
    private static void gather(double[][] rewards, double[][] counted, double[][] turns) {
        for (int b = 0; b < rewards.length; b++) {
            int[] last = new int[rewards[b].length + 1];
            Arrays.fill(last, -1);
            int[] number = ranks(turns[b]);
            for (int t = rewards[b].length - 1; t >= 0; t--) {
                if (turns[b][t] < 0 || counted[b][t] == 0) {
                    rewards[b][t] = 0;
                } else if (last[number[t]] < 0) {
                    last[number[t]] = t;
                } else {
                    rewards[b][last[number[t]]] += rewards[b][t];
                    rewards[b][t] = 0;
                }
            }
        }
    }

    /** A small number for each different turn of a row. */
    private static int[] ranks(double[] turns) {
        double[] sorted = Arrays.stream(turns).distinct().sorted().toArray();
        int[] ranks = new int[turns.length];
        for (int t = 0; t < ranks.length; t++) {
            ranks[t] = Arrays.binarySearch(sorted, turns[t]);
        }
        return ranks;
    }

    /**
     * The reward of each turn: {@code beta} times the sum over its tokens of {@code logps - refLogps}; 0 for a turn without token.
     * Differentiable with respect to {@code logps}, so that a loss on turns can train the model; the reference is constant.
     *
     * @param logps under the process reward model (B,T)
     * @param refLogps under its reference (B,T)
     * @param turns the turn of each token (B,T) in [-1, count)
     * @param count how many turns there may be, K
     * @param beta above 0
     * @return (B,K)
     */
    public static NDArray ofTurns(NDArray logps, NDArray refLogps, NDArray turns, int count, double beta) {
        Check.positive("beta", beta);
        Check.matrix("logps", logps);
        Check.floating("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        Check.sameShape("turns", turns, "logps", logps);
        try (Scope scope = Scope.open()) {
            NDArray counted = TurnTokens.mask(turns, logps.getDataType());
            ValueCheck.of()
                    .finite("logps", logps, counted)
                    .finite("refLogps", refLogps, counted)
                    .run();
            return scope.keep(TurnTokens.sums(SCALED.call(logps, refLogps, beta), turns, count));
        }
    }
}
