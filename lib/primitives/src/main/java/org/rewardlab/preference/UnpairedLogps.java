package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Log-probabilities of single responses that are known to be good or bad, each summed over its tokens.
 *
 * @param logps under the policy (N), differentiable
 * @param refLogps under the frozen reference (N)
 * @param labels 1 = desirable, 0 = undesirable (N); one kind alone is legal
 * @param klLogps of mismatched responses under the policy (N), see {@link Kto#mismatched}; constant
 * @param refKlLogps of the same under the reference (N)
 * @param desirableProbability of each prompt, that its response is of the desirable kind (N), in [0, 1]; read at
 *     undesirable ones by {@link Bco} alone
 */
public record UnpairedLogps(
        NDArray logps,
        NDArray refLogps,
        NDArray labels,
        @Nullable NDArray klLogps,
        @Nullable NDArray refKlLogps,
        @Nullable NDArray desirableProbability)
        implements LossInput<UnpairedLogps> {

    private static final Script JOIN = Script.of("""
            def join(self, chosen: Tensor, rejected: Tensor) -> Tensor:
              return torch.cat([chosen, rejected], 0)
            """);

    private static final Script LABELS = Script.of("""
            def labels(self, chosen: Tensor, rejected: Tensor) -> Tensor:
              return torch.cat([torch.ones_like(torch.detach(chosen)), torch.zeros_like(torch.detach(rejected))], 0)
            """);

    private static final Script AT_UNDESIRABLE = Script.of("""
            def read(self, values: Tensor, labels: Tensor) -> Tensor:
              return torch.where(torch.eq(labels, 0), values, torch.zeros_like(values))
            """);

    /** Labelled responses. */
    public UnpairedLogps(NDArray logps, NDArray refLogps, NDArray labels) {
        this(logps, refLogps, labels, null, null, null);
    }

    /**
     * Preferred and other responses as single ones, labelled 1 and 0, in this order; there may be different numbers of
     * them.
     *
     * @param chosenLogps (N_c), differentiable
     * @param refChosenLogps (N_c)
     * @param rejectedLogps (N_r), differentiable
     * @param refRejectedLogps (N_r)
     */
    public static UnpairedLogps of(
            NDArray chosenLogps, NDArray refChosenLogps, NDArray rejectedLogps, NDArray refRejectedLogps) {
        Check.floating("chosenLogps", chosenLogps);
        Check.vector("chosenLogps", chosenLogps);
        Check.vector("rejectedLogps", rejectedLogps);
        Check.sameShape("refChosenLogps", refChosenLogps, "chosenLogps", chosenLogps);
        Check.sameShape("refRejectedLogps", refRejectedLogps, "rejectedLogps", rejectedLogps);
        return new UnpairedLogps(
                JOIN.call(chosenLogps, rejectedLogps),
                JOIN.call(refChosenLogps, refRejectedLogps),
                LABELS.call(chosenLogps, rejectedLogps));
    }

    /** The same responses with log-probabilities of mismatched ones, each (N). */
    public UnpairedLogps withKl(@Nullable NDArray policy, @Nullable NDArray reference) {
        return new UnpairedLogps(logps, refLogps, labels, policy, reference, desirableProbability);
    }

    /** The same responses with the probability that a response to their prompt is desirable (N). */
    public UnpairedLogps withDesirableProbability(@Nullable NDArray probability) {
        return new UnpairedLogps(logps, refLogps, labels, klLogps, refKlLogps, probability);
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logps", logps));
    }

    @Override
    public UnpairedLogps withDifferentiable(List<NDArray> arrays) {
        return new UnpairedLogps(arrays.get(0), refLogps, labels, klLogps, refKlLogps, desirableProbability);
    }

    /** Rejects anything but vectors of one length of at least 1, finite log-probabilities and labels of 0 and 1. */
    void check() {
        Check.floating("logps", logps);
        Check.vector("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        Check.sameShape("labels", labels, "logps", logps);
        ValueCheck.of()
                .finite("logps", logps)
                .finite("refLogps", refLogps)
                .mask("labels", labels)
                .run();
    }

    /** The log-probabilities of mismatched responses, checked: policy, then reference. */
    NDArray[] mismatched() {
        NDArray policy = Check.present("klLogps", klLogps, "KTO");
        NDArray reference = Check.present("refKlLogps", refKlLogps, "KTO");
        Check.sameShape("klLogps", policy, "logps", logps);
        Check.sameShape("refKlLogps", reference, "logps", logps);
        if (policy.getShape().get(0) < 2) {
            throw Check.failure(
                    "klLogps", "at least two responses, for one alone cannot be mismatched", policy.getShape());
        }
        ValueCheck.of()
                .finite("klLogps", policy)
                .finite("refKlLogps", reference)
                .run();
        return new NDArray[] {policy, reference};
    }

    /** The probabilities, checked where they are read; empty if there are none. */
    NDArray[] probabilities() {
        if (desirableProbability == null) {
            return new NDArray[0];
        }
        Check.sameShape("desirableProbability", desirableProbability, "logps", logps);
        try (NDArray read = AT_UNDESIRABLE.call(desirableProbability, labels)) {
            ValueCheck.of().within("desirableProbability", read, 0, 1).run();
        }
        return new NDArray[] {desirableProbability};
    }
}
