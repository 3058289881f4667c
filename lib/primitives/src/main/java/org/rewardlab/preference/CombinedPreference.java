package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * A weighted sum of losses on the same pairs. Wang et al. 2024 (mixed preference optimization) add {@link BcoPair} and
 * a likelihood term ({@link PreferenceLoss#plusNll}) to {@link Dpo}.
 *
 * <p>Weights are used as they are. Metrics are those of the first loss. {@code losses} are the weighted sums of what
 * the parts give; a part in another order ({@link Aot}) makes them belong to no pair.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * var mixed = new CombinedPreference(List.of(new Dpo(0.5), new BcoPair(0.5)), List.of(0.8, 0.2));
 * mixed.loss(pairs).loss()
 * // => ND: () cpu() float32 0.7885
 * 0.8 * new Dpo(0.5).loss(pairs).value() + 0.2 * new BcoPair(0.5).loss(pairs).value()
 * // => 0.788484764099121
 * }</pre>
 *
 * @param parts at least one loss
 * @param weights a finite number for each
 */
public record CombinedPreference(List<PreferenceLoss> parts, List<Double> weights) implements PreferenceLoss {

    private static final Script SCALED = Script.of("""
            def scaled(self, a: Tensor, weight: float) -> Tensor:
              return a * weight
            """);

    private static final Script PLUS = Script.of("""
            def plus(self, total: Tensor, a: Tensor, weight: float) -> Tensor:
              return total + a * weight
            """);

    public CombinedPreference {
        parts = List.copyOf(parts);
        weights = List.copyOf(weights);
        if (parts.isEmpty()) {
            throw Check.failure("parts", "at least one loss", "none");
        }
        if (weights.size() != parts.size()) {
            throw Check.failure("weights", parts.size() + " numbers, one for each loss", weights.size());
        }
        weights.forEach(weight -> Check.finite("weights", weight));
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        try (Scope scope = Scope.open()) {
            return sum(parts.stream().map(part -> part.loss(pairs)).toList()).keptBy(scope);
        }
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        try (Scope scope = Scope.open()) {
            List<LossGradients> results =
                    parts.stream().map(part -> part.lossAndGradients(pairs)).toList();
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            for (String name : results.get(0).gradients().keySet()) {
                gradients.put(
                        name,
                        scope.keep(sumOf(results.stream().map(r -> r.of(name)).toList())));
            }
            LossOutput output = sum(results.stream().map(LossGradients::output).toList());
            return new LossGradients(output.keptBy(scope), gradients);
        }
    }

    private LossOutput sum(List<LossOutput> outputs) {
        return new LossOutput(
                sumOf(outputs.stream().map(LossOutput::loss).toList()),
                sumOf(outputs.stream().map(LossOutput::losses).toList()),
                outputs.get(0).metrics());
    }

    private NDArray sumOf(List<NDArray> arrays) {
        NDArray total = SCALED.call(arrays.get(0), weights.get(0));
        for (int i = 1; i < arrays.size(); i++) {
            total = PLUS.call(total, arrays.get(i), weights.get(i));
        }
        return total;
    }
}
