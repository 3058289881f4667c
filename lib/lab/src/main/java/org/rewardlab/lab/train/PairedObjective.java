package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.tensor.LossOutput;

/** A loss on pairs under a policy and its reference. */
final class PairedObjective implements FitLoop.Objective {
    private final CausalLm policy;
    private final FrozenReference reference;
    private final PreferenceLoss loss;
    private final int padId;
    private final int microBatch;
    private final List<TokenPairs.Pair> pairs;
    private final double @Nullable [] refChosen;
    private final double @Nullable [] refRejected;

    PairedObjective(
            CausalLm policy, FrozenReference reference, PreferenceData data, Tokenizer tokenizer, int microBatch) {
        this(
                policy,
                reference,
                data.paired(),
                TokenPairs.encode(data.pairs(), tokenizer),
                tokenizer.padId(),
                microBatch);
    }

    PairedObjective(
            CausalLm policy,
            FrozenReference reference,
            PreferenceLoss loss,
            List<TokenPairs.Pair> pairs,
            int padId,
            int microBatch) {
        this.policy = policy;
        this.reference = reference;
        this.loss = loss;
        this.pairs = pairs;
        this.padId = padId;
        this.microBatch = microBatch;
        List<int[]> prompts = pairs.stream().map(TokenPairs.Pair::prompt).toList();
        this.refChosen = reference.sums(
                prompts, pairs.stream().map(TokenPairs.Pair::chosen).toList(), padId);
        this.refRejected = reference.sums(
                prompts, pairs.stream().map(TokenPairs.Pair::rejected).toList(), padId);
    }

    @Override
    public double backward(NDManager manager, int step, int[] rows, Map<String, Double> metrics) {
        List<TokenPairs.Pair> some = Arrays.stream(rows).mapToObj(pairs::get).toList();
        SequenceBatch batch = TokenPairs.batch(manager, policy.dataType(), some, padId);
        NDArray ref = refSums(manager, rows, batch);
        return MicroBatches.backward(
                batch,
                microBatch,
                part -> policy.responseLogps(part, 1),
                logps -> {
                    LossOutput output = loss.loss(TokenPairs.logps(logps, batch, ref));
                    output.metrics().toMap().forEach((name, value) -> metrics.put(MetricNames.of(name), value));
                    return output.loss();
                },
                "the preference loss",
                "a smaller beta");
    }

    private @Nullable NDArray refSums(NDManager manager, int[] rows, SequenceBatch batch) {
        CausalLm model = reference.model();
        if (model == null) {
            return null;
        }
        if (refChosen == null || refRejected == null) {
            return SequenceSums.of(model, batch);
        }
        double[] sums = new double[2 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            sums[i] = refChosen[rows[i]];
            sums[rows.length + i] = refRejected[rows[i]];
        }
        return TokenPairs.vector(manager, policy.dataType(), sums);
    }
}
