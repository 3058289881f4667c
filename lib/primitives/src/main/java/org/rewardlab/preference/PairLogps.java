package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Sequence log-probabilities of pairs of responses, under the policy and under the frozen reference.
 *
 * @param chosenLogps of the preferred responses under the policy (B), differentiable
 * @param rejectedLogps of the other responses under the policy (B), differentiable
 * @param refChosenLogps of the preferred responses under the reference (B)
 * @param refRejectedLogps of the other responses under the reference (B)
 * @param chosenLengths tokens of the preferred responses (B), read by losses that divide by length
 * @param rejectedLengths tokens of the other responses (B)
 */
public record PairLogps(
        NDArray chosenLogps,
        NDArray rejectedLogps,
        NDArray refChosenLogps,
        NDArray refRejectedLogps,
        @Nullable NDArray chosenLengths,
        @Nullable NDArray rejectedLengths)
        implements LossInput<PairLogps> {

    /** Pairs without lengths. */
    public PairLogps(NDArray chosenLogps, NDArray rejectedLogps, NDArray refChosenLogps, NDArray refRejectedLogps) {
        this(chosenLogps, rejectedLogps, refChosenLogps, refRejectedLogps, null, null);
    }

    /** The same pairs with the numbers of tokens of their responses, each (B). */
    public PairLogps withLengths(NDArray chosen, NDArray rejected) {
        return new PairLogps(chosenLogps, rejectedLogps, refChosenLogps, refRejectedLogps, chosen, rejected);
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("chosenLogps", chosenLogps), new Named("rejectedLogps", rejectedLogps));
    }

    @Override
    public PairLogps withDifferentiable(List<NDArray> arrays) {
        return new PairLogps(
                arrays.get(0), arrays.get(1), refChosenLogps, refRejectedLogps, chosenLengths, rejectedLengths);
    }

    /** Rejects anything but four vectors of one length of at least 1, without NaN. */
    void check() {
        Check.floating("chosenLogps", chosenLogps);
        Check.vector("chosenLogps", chosenLogps);
        Check.sameShape("rejectedLogps", rejectedLogps, "chosenLogps", chosenLogps);
        Check.sameShape("refChosenLogps", refChosenLogps, "chosenLogps", chosenLogps);
        Check.sameShape("refRejectedLogps", refRejectedLogps, "chosenLogps", chosenLogps);
        ValueCheck.of()
                .noNaN("chosenLogps", chosenLogps)
                .noNaN("rejectedLogps", rejectedLogps)
                .noNaN("refChosenLogps", refChosenLogps)
                .noNaN("refRejectedLogps", refRejectedLogps)
                .run();
    }
}
