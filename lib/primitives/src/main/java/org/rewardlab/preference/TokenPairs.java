package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Pairs of a preferred and another response, token by token, each token with a reward of its own.
 *
 * @param chosenLogps of each token of the preferred responses under the policy (B,T), differentiable
 * @param rejectedLogps of the other responses (B,T), differentiable
 * @param refChosenLogps the same under the frozen reference (B,T), absent for losses without one
 * @param refRejectedLogps the same under the frozen reference (B,T)
 * @param chosenMask 1 on response tokens (B,T), at least one in each row
 * @param rejectedMask the same of the other responses (B,T)
 * @param chosenTokenRewards what each token is worth (B,T), constant, in [-1, 1] on response tokens
 * @param rejectedTokenRewards the same of the other responses (B,T)
 */
public record TokenPairs(
        NDArray chosenLogps,
        NDArray rejectedLogps,
        @Nullable NDArray refChosenLogps,
        @Nullable NDArray refRejectedLogps,
        NDArray chosenMask,
        NDArray rejectedMask,
        NDArray chosenTokenRewards,
        NDArray rejectedTokenRewards)
        implements LossInput<TokenPairs> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("chosenLogps", chosenLogps), new Named("rejectedLogps", rejectedLogps));
    }

    @Override
    public TokenPairs withDifferentiable(List<NDArray> arrays) {
        return new TokenPairs(
                arrays.get(0),
                arrays.get(1),
                refChosenLogps,
                refRejectedLogps,
                chosenMask,
                rejectedMask,
                chosenTokenRewards,
                rejectedTokenRewards);
    }

    /** The reference's log-probabilities of chosen and rejected, checked. */
    NDArray[] references() {
        NDArray chosen = Check.present("refChosenLogps", refChosenLogps, "a loss with a reference");
        NDArray rejected = Check.present("refRejectedLogps", refRejectedLogps, "a loss with a reference");
        Check.sameShape("refChosenLogps", chosen, "chosenLogps", chosenLogps);
        Check.sameShape("refRejectedLogps", rejected, "chosenLogps", chosenLogps);
        ValueCheck.of()
                .noNaN("refChosenLogps", chosen, chosenMask)
                .noNaN("refRejectedLogps", rejected, rejectedMask)
                .run();
        return new NDArray[] {chosen, rejected};
    }

    /** Rejects shapes that differ, an empty batch or response, NaN and rewards out of range on response tokens. */
    void check() {
        Check.matrix("chosenLogps", chosenLogps);
        Check.floating("chosenLogps", chosenLogps);
        checkSide("chosen", chosenLogps, chosenMask, chosenTokenRewards);
        checkSide("rejected", rejectedLogps, rejectedMask, rejectedTokenRewards);
    }

    private void checkSide(String side, NDArray logps, NDArray mask, NDArray tokenRewards) {
        Check.sameShape(side + "Logps", logps, "chosenLogps", chosenLogps);
        Check.sameShape(side + "Mask", mask, "chosenLogps", chosenLogps);
        Check.sameShape(side + "TokenRewards", tokenRewards, "chosenLogps", chosenLogps);
        ValueCheck.of()
                .mask(side + "Mask", mask)
                .noNaN(side + "Logps", logps, mask)
                .run();
        checkRewards(side + "TokenRewards", tokenRewards, side + "Mask", mask);
    }

    /** Rejects a row without tokens, and rewards of tokens outside [-1, 1]. */
    static void checkRewards(String name, NDArray tokenRewards, String maskName, NDArray mask) {
        try (Scope scope = Scope.open()) {
            NDArray ones = mask.toType(tokenRewards.getDataType(), false);
            for (double count : Tensors.toDoubles(Masked.sumRows(ones, mask))) {
                if (count == 0) {
                    throw Check.failure(maskName, "a token in each response", "an empty response");
                }
            }
            ValueCheck.of()
                    .within(name, Masked.zeroOutside(tokenRewards, mask), -1, 1)
                    .run();
        }
    }
}
