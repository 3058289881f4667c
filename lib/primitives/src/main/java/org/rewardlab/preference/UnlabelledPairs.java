package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Pairs of responses of which nobody said which is better: their log-probabilities summed over tokens, and what the model
 * itself says as a judge.
 *
 * @param logps1 of the first responses under the policy (B), differentiable
 * @param logps2 of the second responses under the policy (B), differentiable
 * @param refLogps1 of the first responses under the frozen reference (B)
 * @param refLogps2 of the second responses under the reference (B)
 * @param lengths1 tokens of the first responses (B), at least 1, by which log-ratios are divided; null for none
 * @param lengths2 tokens of the second responses (B)
 * @param generativeLogits logit of "the first is better" by the model as a judge (B), differentiable; null if not asked
 */
public record UnlabelledPairs(
        NDArray logps1,
        NDArray logps2,
        NDArray refLogps1,
        NDArray refLogps2,
        @Nullable NDArray lengths1,
        @Nullable NDArray lengths2,
        @Nullable NDArray generativeLogits)
        implements LossInput<UnlabelledPairs> {

    /** Pairs without lengths and without a judge. */
    public UnlabelledPairs(NDArray logps1, NDArray logps2, NDArray refLogps1, NDArray refLogps2) {
        this(logps1, logps2, refLogps1, refLogps2, null, null, null);
    }

    /** The same pairs with the numbers of tokens of their responses, each (B). */
    public UnlabelledPairs withLengths(@Nullable NDArray first, @Nullable NDArray second) {
        return new UnlabelledPairs(logps1, logps2, refLogps1, refLogps2, first, second, generativeLogits);
    }

    /** The same pairs with the judge's logits (B). */
    public UnlabelledPairs withGenerativeLogits(NDArray logits) {
        return new UnlabelledPairs(logps1, logps2, refLogps1, refLogps2, lengths1, lengths2, logits);
    }

    @Override
    public List<Named> differentiable() {
        List<Named> named = new ArrayList<>(3);
        named.add(new Named("logps1", logps1));
        named.add(new Named("logps2", logps2));
        if (generativeLogits != null) {
            named.add(new Named("generativeLogits", generativeLogits));
        }
        return named;
    }

    @Override
    public UnlabelledPairs withDifferentiable(List<NDArray> arrays) {
        return new UnlabelledPairs(
                arrays.get(0),
                arrays.get(1),
                refLogps1,
                refLogps2,
                lengths1,
                lengths2,
                arrays.size() > 2 ? arrays.get(2) : null);
    }

    /** Rejects anything but vectors of one length of at least 1, of finite numbers. */
    void check() {
        Check.floating("logps1", logps1);
        Check.vector("logps1", logps1);
        Check.sameShape("logps2", logps2, "logps1", logps1);
        Check.sameShape("refLogps1", refLogps1, "logps1", logps1);
        Check.sameShape("refLogps2", refLogps2, "logps1", logps1);
        var values = ValueCheck.of()
                .finite("logps1", logps1)
                .finite("logps2", logps2)
                .finite("refLogps1", refLogps1)
                .finite("refLogps2", refLogps2);
        if (generativeLogits != null) {
            Check.sameShape("generativeLogits", generativeLogits, "logps1", logps1);
            values.finite("generativeLogits", generativeLogits);
        }
        values.run();
    }

    /** The lengths of first and second responses, checked; empty if there are none. */
    NDArray[] lengths() {
        if (lengths1 == null && lengths2 == null) {
            return new NDArray[0];
        }
        NDArray first = Check.present("lengths1", lengths1, "lengths2");
        NDArray second = Check.present("lengths2", lengths2, "lengths1");
        Check.sameShape("lengths1", first, "logps1", logps1);
        Check.sameShape("lengths2", second, "logps1", logps1);
        ValueCheck.of()
                .within("lengths1", first, 1, Double.MAX_VALUE)
                .within("lengths2", second, 1, Double.MAX_VALUE)
                .run();
        return new NDArray[] {first, second};
    }
}
