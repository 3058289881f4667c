package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/** How much a policy believes in the right answer, turn after turn. */
public final class AnswerBelief {

    private static final Script BELIEF = Script.of("""
            def belief(self, logps: Tensor, mask: Tensor) -> Tensor:
              counted = torch.ne(mask, 0)
              kept = torch.where(counted, logps, torch.zeros_like(logps))
              n = torch.sum(torch.type_as(counted, logps), [-1])
              return torch.exp(torch.div(torch.sum(kept, [-1]), n))
            """);

    private AnswerBelief() {}

    /**
     * The geometric mean of the probabilities of the answer's tokens, teacher-forced after each turn. Wang et al. 2025 (IGPO), eq. 3.
     *
     * @param answerLogps log-probability of each token of the right answer after turn 0 (the question alone) to K (B,K+1,L)
     * @param mask 1 on the answer's own tokens (B,K+1,L), 0 on the template around and on padding
     * @return (B,K+1) in (0, 1] for log-probabilities of at most 0; constant
     * @throws IllegalArgumentException for other shapes, NaN on counted tokens, an answer without counted token
     */
    public static NDArray of(NDArray answerLogps, NDArray mask) {
        Check.rank("answerLogps", answerLogps, 3);
        Check.floating("answerLogps", answerLogps);
        Check.sameShape("mask", mask, "answerLogps", answerLogps);
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN("answerLogps", answerLogps, mask)
                .run();
        requireTokens(mask);
        try (GradientMode mode = GradientMode.paused()) {
            return BELIEF.call(answerLogps, mask);
        }
    }

    private static void requireTokens(NDArray mask) {
        int length = (int) mask.getShape().get(2);
        double[] counted = Tensors.toDoubles(mask);
        int answers = (int) (mask.getShape().get(0) * mask.getShape().get(1));
        for (int a = 0; a < answers; a++) {
            boolean any = false;
            for (int i = a * length; i < (a + 1) * length; i++) {
                any |= counted[i] != 0;
            }
            if (!any) {
                throw Check.failure("mask", "a counted token in each answer", "none in answer " + a);
            }
        }
    }
}
