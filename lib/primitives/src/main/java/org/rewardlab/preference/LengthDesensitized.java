package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Sequence log-probabilities in which the part of a response beyond the length of its rival counts less. Liu et al.
 * 2024 (LD-DPO).
 *
 * <p>Of each pair the first {@code min(n_c, n_r)} counted tokens weigh 1, later ones alpha: 1 gives the plain sums, 0
 * cuts both to one length. Use the same alpha for policy and reference and give the sums to any paired loss.
 *
 * <pre>{@code
 * var chosen = nd.create(new float[][] {{-1, -1, -1, -1}});
 * var rejected = nd.create(new float[][] {{-2, -2, 0, 0}});
 * var whole = nd.create(new float[][] {{1, 1, 1, 1}});
 * var half = nd.create(new float[][] {{1, 1, 0, 0}});
 * LengthDesensitized.of(chosen, rejected, whole, half, 0.5).chosenLogps()   // two tokens whole, two at one half
 * // => ND: (1) cpu() float32 [-3.]
 * }</pre>
 *
 * @param chosenLogps (B), differentiable
 * @param rejectedLogps (B), differentiable
 */
public record LengthDesensitized(NDArray chosenLogps, NDArray rejectedLogps) {

    private static final Script SUMS = Script.of("""
            def sums(self, lc: Tensor, lr: Tensor, mc: Tensor, mr: Tensor, alpha: float) -> List[Tensor]:
              kc = mc != 0
              kr = mr != 0
              ic = torch.cumsum(torch.to(kc, 4), 1)
              ir = torch.cumsum(torch.to(kr, 4), 1)
              common = torch.minimum(torch.sum(torch.to(kc, 4), [1], True), torch.sum(torch.to(kr, 4), [1], True))
              return [self.weighted(lc, kc, ic, common, alpha), self.weighted(lr, kr, ir, common, alpha)]

            def weighted(self, l: Tensor, counted: Tensor, index: Tensor, common: Tensor, alpha: float) -> Tensor:
              kept = torch.where(counted, l, torch.zeros_like(l))
              one = torch.full_like(torch.detach(l), 1.)
              return torch.sum(kept * torch.where(index <= common, one, alpha * one), [1])
            """);

    /**
     * The sums of pairs; what stands outside the masks counts in neither value nor gradient.
     *
     * @param chosenTokenLogps log-probability of each token of the preferred responses (B,T)
     * @param rejectedTokenLogps of the other responses (B,T'), where T' may be another length
     * @param chosenMask 1 on tokens that count (B,T)
     * @param rejectedMask (B,T')
     * @param alpha weight of the tokens beyond the common length, in [0, 1]
     * @throws IllegalArgumentException for other shapes, masks or alpha, and for NaN on counted tokens
     */
    public static LengthDesensitized of(
            NDArray chosenTokenLogps,
            NDArray rejectedTokenLogps,
            NDArray chosenMask,
            NDArray rejectedMask,
            double alpha) {
        Check.within("alpha", alpha, 0, 1);
        Check.floating("chosenTokenLogps", chosenTokenLogps);
        Check.matrix("chosenTokenLogps", chosenTokenLogps);
        Check.matrix("rejectedTokenLogps", rejectedTokenLogps);
        Check.shape(
                "rejectedTokenLogps",
                rejectedTokenLogps,
                chosenTokenLogps.getShape().get(0),
                rejectedTokenLogps.getShape().get(1));
        Check.sameShape("chosenMask", chosenMask, "chosenTokenLogps", chosenTokenLogps);
        Check.sameShape("rejectedMask", rejectedMask, "rejectedTokenLogps", rejectedTokenLogps);
        ValueCheck.of()
                .mask("chosenMask", chosenMask)
                .mask("rejectedMask", rejectedMask)
                .noNaN("chosenTokenLogps", chosenTokenLogps, chosenMask)
                .noNaN("rejectedTokenLogps", rejectedTokenLogps, rejectedMask)
                .run();
        NDArray[] sums = SUMS.callMany(chosenTokenLogps, rejectedTokenLogps, chosenMask, rejectedMask, alpha);
        return new LengthDesensitized(sums[0], sums[1]);
    }
}
