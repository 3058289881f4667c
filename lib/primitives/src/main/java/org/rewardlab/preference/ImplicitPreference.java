package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;

/**
 * Which of two responses a policy prefers by how far it moved from its reference: the implicit reward model of DPO as a
 * judge. Rafailov et al. 2023; Zhou et al. 2025 (SCIR).
 *
 * <p>{@code beta ((logps1 - refLogps1) - (logps2 - refLogps2))}, each difference divided by its length where lengths are given,
 * against a bias to long responses.
 *
 * @param logit of "the first response is better" (B), differentiable with respect to the log-probabilities
 * @param probability its sigmoid (B), differentiable
 */
public record ImplicitPreference(NDArray logit, NDArray probability) {

    private static final Script PREFERENCE = Script.of("""
            def preference(self, a: Tensor, b: Tensor, ra: Tensor, rb: Tensor, lengths: List[Tensor], beta: float) -> List[Tensor]:
              u = a - torch.detach(ra)
              v = b - torch.detach(rb)
              if len(lengths) > 0:
                u = u / torch.type_as(lengths[0], u)
                v = v / torch.type_as(lengths[1], v)
              z = beta * (u - v)
              return [z, torch.sigmoid(z)]
            """);

    /**
     * The preference of each pair; the judge's logits are not read.
     *
     * @param beta scale of the log-ratios, above 0
     * @throws IllegalArgumentException for shapes that differ, an empty batch, numbers that are not finite, lengths below 1
     */
    public static ImplicitPreference of(UnlabelledPairs pairs, double beta) {
        Check.positive("beta", beta);
        pairs.check();
        NDArray[] results = PREFERENCE.callMany(
                pairs.logps1(), pairs.logps2(), pairs.refLogps1(), pairs.refLogps2(), pairs.lengths(), beta);
        return new ImplicitPreference(results[0], results[1]);
    }
}
