package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Which of two responses a model prefers when asked, with the responses shown in both orders. Zhou et al. 2025 (SCIR).
 *
 * <p>The mean over both orders: a judge that answers by position alone comes out at 1/2.
 *
 * @param probability that the first response is better (B), differentiable with respect to the logits
 * @param order12 the same when the first response is shown first (B)
 * @param order21 the same when the second response is shown first (B)
 */
public record GenerativePreference(NDArray probability, NDArray order12, NDArray order21) {

    private static final Script PREFERENCE = Script.of("""
            def preference(self, f12: Tensor, s12: Tensor, f21: Tensor, s21: Tensor) -> List[Tensor]:
              a = torch.sigmoid(f12 - s12)
              b = torch.sigmoid(s21 - f21)
              return [0.5 * (a + b), a, b]
            """);

    /**
     * The preference of each pair.
     *
     * @param first12 logit of answering "first" when response 1 is shown first (B)
     * @param second12 logit of answering "second" then (B)
     * @param first21 logit of answering "first" when response 2 is shown first (B)
     * @param second21 logit of answering "second" then (B)
     * @throws IllegalArgumentException for shapes that differ, an empty batch, numbers that are not finite
     */
    public static GenerativePreference of(NDArray first12, NDArray second12, NDArray first21, NDArray second21) {
        Check.vector("first12", first12);
        Check.floating("first12", first12);
        Check.sameShape("second12", second12, "first12", first12);
        Check.sameShape("first21", first21, "first12", first12);
        Check.sameShape("second21", second21, "first12", first12);
        ValueCheck.of()
                .finite("first12", first12)
                .finite("second12", second12)
                .finite("first21", first21)
                .finite("second21", second21)
                .run();
        NDArray[] results = PREFERENCE.callMany(first12, second12, first21, second21);
        return new GenerativePreference(results[0], results[1], results[2]);
    }
}
