package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * The log-probability that a response is better than a reference response, when the reward is that of a Bradley-Terry model.
 * Wang et al. 2024 ("Transforming and combining rewards", LSC), eq. 5.
 *
 * <p>Maximizing it is sampling on condition that the response is good: it pays in full far below the reference (slope 1), half
 * at the reference (-log 2, slope 1/2), and no more once a response is good enough, so that a tail of high rewards is not worth
 * hacking. It is at most 0 and never changes the order of responses to one prompt. The utilities of several independent
 * properties add up to the log-probability that all hold: {@link RewardCombination}.
 *
 * <pre>{@code
 * LogSigmoidUtility.of(nd.create(new float[] {-98, 2, 4}), nd.create(2f))
 * // => ND: (3) cpu() float32 [-100., -0.6931, -0.1269]
 * }</pre>
 */
public final class LogSigmoidUtility {

    private static final Script UTILITY = Script.of("""
            def utility(self, rewards: Tensor, references: Tensor) -> Tensor:
              return torch.log_sigmoid(rewards - torch.detach(references))
            """);

    private LogSigmoidUtility() {}

    /**
     * {@code log sigmoid(rewards - references)}, exact for differences of hundreds.
     *
     * @param rewards (B), differentiable; the derivative is {@code sigmoid(references - rewards)}
     * @param references what each response is measured by, (B), or one for all: () or (1); constant. See {@link PromptReference}
     * @return (B)
     * @throws IllegalArgumentException for other shapes, an empty batch, NaN
     */
    public static NDArray of(NDArray rewards, NDArray references) {
        Check.vector("rewards", rewards);
        Check.floating("rewards", rewards);
        if (references.size() != 1 || references.getShape().dimension() > 1) {
            Check.sameShape("references", references, "rewards", rewards);
        }
        ValueCheck.of()
                .noNaN("rewards", rewards)
                .noNaN("references", references)
                .run();
        return UTILITY.call(rewards, references);
    }
}
