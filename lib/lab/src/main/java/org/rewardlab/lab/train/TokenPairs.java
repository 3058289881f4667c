package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.preference.PairLogps;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** Pairs of responses as a model reads them: in a batch the preferred ones come first, then the others. */
final class TokenPairs {

    /**
     * One pair.
     *
     * @param prompt tokens
     * @param chosen tokens of the preferred response
     * @param rejected tokens of the other one
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Pair(int[] prompt, int[] chosen, int[] rejected) {}

    private static final Script SUMS = Script.of("""
            def sums(self, logps: Tensor, mask: Tensor) -> List[Tensor]:
              n = torch.floordiv(torch.size(logps, 0), 2)
              sums = torch.sum(logps, [1])
              lengths = torch.sum(mask, [1])
              chosen = torch.narrow(sums, 0, 0, n)
              long = torch.narrow(lengths, 0, 0, n)
              nll = torch.div(torch.neg(torch.sum(chosen)), torch.sum(long))
              return [chosen, torch.narrow(sums, 0, n, n), long, torch.narrow(lengths, 0, n, n), nll]
            """);

    private TokenPairs() {}

    static List<Pair> encode(List<PreferencePair> pairs, Tokenizer tokenizer) {
        List<Pair> encoded = new ArrayList<>();
        for (PreferencePair pair : pairs) {
            encoded.add(new Pair(
                    tokenizer.encode(pair.prompt()),
                    Texts.ended(tokenizer, pair.chosen()),
                    Texts.ended(tokenizer, pair.rejected())));
        }
        return encoded;
    }

    static SequenceBatch batch(NDManager manager, DataType type, List<Pair> pairs, int padId) {
        List<int[]> prompts = new ArrayList<>();
        List<int[]> responses = new ArrayList<>();
        pairs.forEach(pair -> prompts.add(pair.prompt()));
        prompts.addAll(List.copyOf(prompts));
        pairs.forEach(pair -> responses.add(pair.chosen()));
        pairs.forEach(pair -> responses.add(pair.rejected()));
        return SequenceBatch.of(manager, type, prompts, responses, padId);
    }

    /**
     * What losses read of a batch.
     *
     * @param logps of its tokens (2B,T), 0 outside the mask
     * @param refSums of its rows under the reference (2B), null where there is none
     */
    static PairLogps logps(NDArray logps, SequenceBatch batch, @Nullable NDArray refSums) {
        NDArray[] parts = SUMS.callMany(logps, batch.mask());
        PairLogps pairs;
        if (refSums == null) {
            pairs = new PairLogps(parts[0], parts[1]);
        } else {
            long n = refSums.size() / 2;
            pairs = new PairLogps(parts[0], parts[1], refSums.get("0:" + n), refSums.get(n + ":"));
        }
        return pairs.withLengths(parts[2], parts[3]).withNll(parts[4]);
    }

    static NDArray vector(NDManager manager, DataType type, double[] numbers) {
        return Tensors.create(manager, numbers, type, numbers.length);
    }
}
