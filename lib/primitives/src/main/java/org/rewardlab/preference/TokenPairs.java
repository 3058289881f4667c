package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Pairs of a preferred and another response, token by token, each token with a reward of its own. The two sides may differ in
 * their number of columns where a loss says so; what stands outside the masks is never read.
 *
 * @param chosenLogps of each token of the preferred responses under the policy (B,T), differentiable
 * @param rejectedLogps of the other responses (B,T'), differentiable
 * @param refChosenLogps the same under the frozen reference (B,T), absent for losses without one
 * @param refRejectedLogps the same under the frozen reference (B,T')
 * @param chosenMask 1 on response tokens (B,T), at least one in each row
 * @param rejectedMask the same of the other responses (B,T')
 * @param chosenTokenRewards what each token is worth (B,T), constant
 * @param rejectedTokenRewards the same of the other responses (B,T')
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
        Check.sameShape("refRejectedLogps", rejected, "rejectedLogps", rejectedLogps);
        ValueCheck.of()
                .noNaN("refChosenLogps", chosen, chosenMask)
                .noNaN("refRejectedLogps", rejected, rejectedMask)
                .run();
        return new NDArray[] {chosen, rejected};
    }

    /** Rejects shapes that differ within a side, numbers of rows that differ, an empty batch or response, NaN on response tokens. */
    void check() {
        Check.matrix("chosenLogps", chosenLogps);
        Check.matrix("rejectedLogps", rejectedLogps);
        Check.shape(
                "rejectedLogps",
                rejectedLogps,
                chosenLogps.getShape().get(0),
                rejectedLogps.getShape().get(1));
        checkSide("chosen", chosenLogps, chosenMask, chosenTokenRewards);
        checkSide("rejected", rejectedLogps, rejectedMask, rejectedTokenRewards);
    }

    /** Rejects in addition sides of different widths, and rewards outside [-1, 1] on response tokens. */
    void checkBounded() {
        check();
        Check.sameShape("rejectedLogps", rejectedLogps, "chosenLogps", chosenLogps);
        checkBounds("chosenTokenRewards", chosenTokenRewards, chosenMask);
        checkBounds("rejectedTokenRewards", rejectedTokenRewards, rejectedMask);
    }

    private static void checkSide(String side, NDArray logps, NDArray mask, NDArray tokenRewards) {
        String name = side + "Logps";
        Check.floating(name, logps);
        Check.sameShape(side + "Mask", mask, name, logps);
        Check.sameShape(side + "TokenRewards", tokenRewards, name, logps);
        ValueCheck.of()
                .mask(side + "Mask", mask)
                .noNaN(name, logps, mask)
                .noNaN(side + "TokenRewards", tokenRewards, mask)
                .run();
        checkFilled(side + "Mask", mask);
    }

    /** Rejects a row without tokens, and rewards of tokens outside [-1, 1]. */
    static void checkRewards(String name, NDArray tokenRewards, String maskName, NDArray mask) {
        checkFilled(maskName, mask);
        checkBounds(name, tokenRewards, mask);
    }

    private static void checkFilled(String maskName, NDArray mask) {
        for (double[] row : Tensors.toRows(mask)) {
            if (Arrays.stream(row).noneMatch(flag -> flag != 0)) {
                throw Check.failure(maskName, "a token in each response", "an empty response");
            }
        }
    }

    private static void checkBounds(String name, NDArray tokenRewards, NDArray mask) {
        try (Scope scope = Scope.open()) {
            ValueCheck.of()
                    .within(name, Masked.zeroOutside(tokenRewards, mask), -1, 1)
                    .run();
        }
    }
}
