package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Log-probabilities of pairs of a preferred and another response, each summed over the tokens of its response.
 *
 * <p>One input serves all paired losses, so that a trainer need not know which one it trains with: losses with a
 * reference read the reference's log-probabilities, losses per token divide the sums by the lengths. Where lengths are
 * absent nothing is divided: means may then be given in place of sums.
 *
 * @param chosenLogps of the preferred responses under the policy (B), differentiable
 * @param rejectedLogps of the other responses under the policy (B), differentiable
 * @param refChosenLogps of the preferred responses under the frozen reference (B), absent for reference-free losses
 * @param refRejectedLogps of the other responses under the reference (B)
 * @param chosenLengths tokens of the preferred responses (B), at least 1
 * @param rejectedLengths tokens of the other responses (B), at least 1
 * @param weights what each pair's loss is multiplied by before the mean (B), constant; see {@link WpoWeights}
 * @param nll negative log-likelihood () of a response to imitate, differentiable, for losses with such a term
 */
public record PairLogps(
        NDArray chosenLogps,
        NDArray rejectedLogps,
        @Nullable NDArray refChosenLogps,
        @Nullable NDArray refRejectedLogps,
        @Nullable NDArray chosenLengths,
        @Nullable NDArray rejectedLengths,
        @Nullable NDArray weights,
        @Nullable NDArray nll)
        implements LossInput<PairLogps> {

    /** Pairs under policy and reference. */
    public PairLogps(NDArray chosenLogps, NDArray rejectedLogps, NDArray refChosenLogps, NDArray refRejectedLogps) {
        this(chosenLogps, rejectedLogps, refChosenLogps, refRejectedLogps, null, null, null, null);
    }

    /** Pairs under the policy alone, for losses that need no reference. */
    public PairLogps(NDArray chosenLogps, NDArray rejectedLogps) {
        this(chosenLogps, rejectedLogps, null, null, null, null, null, null);
    }

    /** The same pairs with the numbers of tokens of their responses, each (B). */
    public PairLogps withLengths(@Nullable NDArray chosen, @Nullable NDArray rejected) {
        return new PairLogps(
                chosenLogps, rejectedLogps, refChosenLogps, refRejectedLogps, chosen, rejected, weights, nll);
    }

    /** The same pairs with a weight for each (B). */
    public PairLogps withWeights(@Nullable NDArray pairWeights) {
        return new PairLogps(
                chosenLogps,
                rejectedLogps,
                refChosenLogps,
                refRejectedLogps,
                chosenLengths,
                rejectedLengths,
                pairWeights,
                nll);
    }

    /** The same pairs with the negative log-likelihood () of a response to imitate. */
    public PairLogps withNll(@Nullable NDArray negativeLogLikelihood) {
        return new PairLogps(
                chosenLogps,
                rejectedLogps,
                refChosenLogps,
                refRejectedLogps,
                chosenLengths,
                rejectedLengths,
                weights,
                negativeLogLikelihood);
    }

    @Override
    public List<Named> differentiable() {
        List<Named> named = new ArrayList<>(3);
        named.add(new Named("chosenLogps", chosenLogps));
        named.add(new Named("rejectedLogps", rejectedLogps));
        if (nll != null) {
            named.add(new Named("nll", nll));
        }
        return named;
    }

    @Override
    public PairLogps withDifferentiable(List<NDArray> arrays) {
        return new PairLogps(
                arrays.get(0),
                arrays.get(1),
                refChosenLogps,
                refRejectedLogps,
                chosenLengths,
                rejectedLengths,
                weights,
                arrays.size() > 2 ? arrays.get(2) : null);
    }

    /** The four log-probabilities, checked: chosen and rejected under the policy, then under the reference. */
    NDArray[] withReference() {
        NDArray refChosen = Check.present("refChosenLogps", refChosenLogps, "a loss with a reference");
        NDArray refRejected = Check.present("refRejectedLogps", refRejectedLogps, "a loss with a reference");
        ValueCheck values = checkPolicy();
        Check.sameShape("refChosenLogps", refChosen, "chosenLogps", chosenLogps);
        Check.sameShape("refRejectedLogps", refRejected, "chosenLogps", chosenLogps);
        values.finite("refChosenLogps", refChosen)
                .finite("refRejectedLogps", refRejected)
                .run();
        return new NDArray[] {chosenLogps, rejectedLogps, refChosen, refRejected};
    }

    /** The two log-probabilities under the policy, checked. */
    NDArray[] withoutReference() {
        checkPolicy().run();
        return new NDArray[] {chosenLogps, rejectedLogps};
    }

    /** The lengths of chosen and rejected, checked; empty if there are none. */
    NDArray[] lengths() {
        if (chosenLengths == null && rejectedLengths == null) {
            return new NDArray[0];
        }
        NDArray chosen = Check.present("chosenLengths", chosenLengths, "rejectedLengths");
        NDArray rejected = Check.present("rejectedLengths", rejectedLengths, "chosenLengths");
        ValueCheck.of()
                .within("chosenLengths", chosen, 1, Double.MAX_VALUE)
                .within("rejectedLengths", rejected, 1, Double.MAX_VALUE)
                .run();
        return new NDArray[] {chosen, rejected};
    }

    /** The weights, checked; empty if there are none. */
    NDArray[] pairWeights() {
        if (weights == null) {
            return new NDArray[0];
        }
        Check.sameShape("weights", weights, "chosenLogps", chosenLogps);
        ValueCheck.of().finite("weights", weights).run();
        return new NDArray[] {weights};
    }

    /** The negative log-likelihood, checked; empty if there is none. */
    NDArray[] imitation() {
        if (nll == null) {
            return new NDArray[0];
        }
        Check.floating("nll", nll);
        Check.shape("nll", nll);
        ValueCheck.of().finite("nll", nll).run();
        return new NDArray[] {nll};
    }

    private ValueCheck checkPolicy() {
        Check.floating("chosenLogps", chosenLogps);
        Check.vector("chosenLogps", chosenLogps);
        Check.sameShape("rejectedLogps", rejectedLogps, "chosenLogps", chosenLogps);
        if (chosenLengths != null) {
            Check.sameShape("chosenLengths", chosenLengths, "chosenLogps", chosenLogps);
        }
        if (rejectedLengths != null) {
            Check.sameShape("rejectedLengths", rejectedLengths, "chosenLogps", chosenLogps);
        }
        return ValueCheck.of().finite("chosenLogps", chosenLogps).finite("rejectedLogps", rejectedLogps);
    }
}
