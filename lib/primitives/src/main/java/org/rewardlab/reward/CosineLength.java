package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.ValueCheck;

/**
 * A reward that depends on correctness and length: short right answers earn most, short wrong ones cost most. Yeo et
 * al. 2025, "Demystifying long chain-of-thought reasoning", eq. 1.
 *
 * <p>{@code end + (start - end)(1 + cos(pi min(n / maxLength, 1))) / 2}: for right answers from {@code maxCorrect} down
 * to {@code minCorrect}, for wrong ones from {@code minWrong} to {@code maxWrong}, so that more thought is encouraged
 * where the answer was wrong. With equal bounds it is the outcome alone.
 *
 * <pre>{@code
 * var outcomes = new ScoredResponses(nd.create(new float[] {1, 1, 0, 0}))
 *         .withLengths(nd.create(new float[] {0, 100, 0, 100}));
 * new CosineLength(100).transform(outcomes)          // right: short is better; wrong: long is less bad
 * // => ND: (4) cpu() float32 [1., 0.5, -1., -0.5]
 * }</pre>
 *
 * @param maxLength from where on length no longer matters, at least 1
 * @param minWrong of a wrong answer of no length
 * @param maxWrong of a wrong answer at the limit
 * @param minCorrect of a right answer at the limit
 * @param maxCorrect of a right answer of no length
 */
public record CosineLength(int maxLength, double minWrong, double maxWrong, double minCorrect, double maxCorrect)
        implements RewardTransform {

    public CosineLength {
        Check.atLeast("maxLength", maxLength, 1);
        Check.finite("minWrong", minWrong);
        Check.finite("maxWrong", maxWrong);
        Check.finite("minCorrect", minCorrect);
        Check.finite("maxCorrect", maxCorrect);
    }

    /** From -1 to -0.5 for wrong answers, from 1 to 0.5 for right ones. */
    public CosineLength(int maxLength) {
        this(maxLength, -1, -0.5, 0.5, 1);
    }

    /** {@inheritDoc} Reads rewards, which must be 0 (wrong) or 1 (right), and lengths. */
    @Override
    public NDArray transform(ScoredResponses responses) {
        ValueCheck.of().mask("rewards", responses.rewards()).run();
        double[] lengths = responses.requireLengths("the cosine length reward");
        double[] rewards = responses.requireRewards();
        for (int b = 0; b < rewards.length; b++) {
            boolean right = rewards[b] != 0;
            double start = right ? maxCorrect : minWrong;
            double end = right ? minCorrect : maxWrong;
            double phase = Math.PI * Math.min(lengths[b] / maxLength, 1);
            rewards[b] = end + (start - end) * (1 + Math.cos(phase)) / 2;
        }
        return responses.rewardsOf(rewards);
    }
}
