package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Pairs of a preferred and another response, token by token, with a reward for each token. The two sides may differ in their
 * number of columns; what stands outside the masks is never read.
 *
 * @param chosenLogps of the tokens of the preferred responses under the policy (B,T), differentiable
 * @param rejectedLogps of the tokens of the other responses (B,T'), differentiable
 * @param refChosenLogps under the frozen reference (B,T)
 * @param refRejectedLogps under the reference (B,T')
 * @param chosenTokenRewards any reward of tokens (B,T), constant
 * @param rejectedTokenRewards (B,T'), constant
 * @param chosenMask 1 on response tokens (B,T), at least one in each row
 * @param rejectedMask (B,T'), at least one in each row
 */
public record TokenRewardedPairs(
        NDArray chosenLogps,
        NDArray rejectedLogps,
        NDArray refChosenLogps,
        NDArray refRejectedLogps,
        NDArray chosenTokenRewards,
        NDArray rejectedTokenRewards,
        NDArray chosenMask,
        NDArray rejectedMask)
        implements LossInput<TokenRewardedPairs> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("chosenLogps", chosenLogps), new Named("rejectedLogps", rejectedLogps));
    }

    @Override
    public TokenRewardedPairs withDifferentiable(List<NDArray> arrays) {
        return new TokenRewardedPairs(
                arrays.get(0),
                arrays.get(1),
                refChosenLogps,
                refRejectedLogps,
                chosenTokenRewards,
                rejectedTokenRewards,
                chosenMask,
                rejectedMask);
    }

    /** Rejects shapes that differ, an empty batch, a row without tokens, NaN on counted tokens. */
    void check() {
        Check.matrix("chosenLogps", chosenLogps);
        Check.matrix("rejectedLogps", rejectedLogps);
        long rows = chosenLogps.getShape().get(0);
        Check.shape(
                "rejectedLogps", rejectedLogps, rows, rejectedLogps.getShape().get(1));
        side("chosen", chosenLogps, "refChosenLogps", refChosenLogps, chosenTokenRewards, chosenMask);
        side("rejected", rejectedLogps, "refRejectedLogps", refRejectedLogps, rejectedTokenRewards, rejectedMask);
    }

    private static void side(
            String side, NDArray logps, String refName, NDArray refLogps, NDArray rewards, NDArray mask) {
        String name = side + "Logps";
        Check.floating(name, logps);
        Check.sameShape(refName, refLogps, name, logps);
        Check.sameShape(side + "TokenRewards", rewards, name, logps);
        Check.sameShape(side + "Mask", mask, name, logps);
        ValueCheck.of()
                .mask(side + "Mask", mask)
                .noNaN(name, logps, mask)
                .noNaN(refName, refLogps, mask)
                .noNaN(side + "TokenRewards", rewards, mask)
                .run();
        double[][] counted = Tensors.toRows(mask);
        for (int b = 0; b < counted.length; b++) {
            double length = 0;
            for (double flag : counted[b]) {
                length += flag;
            }
            if (length == 0) {
                throw Check.failure(side + "Mask", "a counted token in each row", "none in row " + b);
            }
        }
    }
}
