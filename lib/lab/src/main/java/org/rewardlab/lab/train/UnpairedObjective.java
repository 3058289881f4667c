package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.preference.Kto;
import org.rewardlab.preference.UnpairedLogps;
import org.rewardlab.preference.UnpairedPreferenceLoss;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Masked;

/**
 * A loss on single responses that are good or bad. Each prompt is scored with the response of the next one as well, from
 * which losses such as KTO estimate the KL divergence; a batch of one response has no next one and gives none.
 */
final class UnpairedObjective implements FitLoop.Objective {
    private final CausalLm policy;
    private final CausalLm model;
    private final UnpairedPreferenceLoss loss;
    private final List<int[]> prompts;
    private final List<int[]> completions;
    private final double[] labels;
    private final double @Nullable [] refSums;
    private final int padId;
    private final int microBatch;

    UnpairedObjective(
            CausalLm policy, FrozenReference reference, PreferenceData data, Tokenizer tokenizer, int microBatch) {
        List<Example.Labelled> responses = data.responses();
        this.policy = policy;
        this.model = present("reference", reference.model());
        this.loss = present("unpairedLoss", data.unpaired());
        this.prompts = responses.stream()
                .map(response -> tokenizer.encode(response.prompt()))
                .toList();
        this.completions = responses.stream()
                .map(response -> Texts.ended(tokenizer, response.completion()))
                .toList();
        this.labels = responses.stream()
                .mapToDouble(response -> response.label() ? 1 : 0)
                .toArray();
        this.padId = tokenizer.padId();
        this.microBatch = microBatch;
        this.refSums = reference.sums(prompts, completions, padId);
    }

    @Override
    public double backward(NDManager manager, int step, int[] rows, Map<String, Double> metrics) {
        List<int[]> some = pick(prompts, rows);
        List<int[]> responses = pick(completions, rows);
        SequenceBatch batch = SequenceBatch.of(manager, policy.dataType(), some, responses, padId);
        double[] cached = refSums;
        NDArray ref = cached == null
                ? SequenceSums.of(model, batch)
                : vector(
                        manager,
                        Arrays.stream(rows).mapToDouble(row -> cached[row]).toArray());
        NDArray label = vector(
                manager, Arrays.stream(rows).mapToDouble(row -> labels[row]).toArray());
        NDArray policyKl = null;
        NDArray refKl = null;
        if (rows.length > 1) {
            SequenceBatch other = SequenceBatch.of(manager, policy.dataType(), some, Kto.mismatched(responses), padId);
            policyKl = SequenceSums.of(policy, other);
            refKl = SequenceSums.of(model, other);
        }
        NDArray onPolicy = policyKl;
        NDArray onReference = refKl;
        return MicroBatches.backward(
                batch,
                microBatch,
                part -> policy.responseLogps(part, 1),
                logps -> {
                    LossOutput output = loss.loss(new UnpairedLogps(Masked.sumRows(logps, batch.mask()), ref, label)
                            .withKl(onPolicy, onReference));
                    output.metrics().toMap().forEach((name, value) -> metrics.put(MetricNames.of(name), value));
                    return output.loss();
                },
                "the unpaired preference loss",
                "a smaller beta");
    }

    private static <T> T present(String name, @Nullable T given) {
        if (given == null) {
            throw Check.failure(name, "one, for labelled responses", "none");
        }
        return given;
    }

    private static List<int[]> pick(List<int[]> all, int[] rows) {
        return Arrays.stream(rows).mapToObj(all::get).toList();
    }

    private NDArray vector(NDManager manager, double[] numbers) {
        return TokenPairs.vector(manager, policy.dataType(), numbers);
    }
}
