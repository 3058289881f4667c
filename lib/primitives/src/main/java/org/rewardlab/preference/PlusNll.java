package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * A preference loss plus the likelihood of a response to imitate, so that preferred responses do not become unlikely
 * together with the others. Liu et al. 2024 (RPO) and Pang et al. 2024 (iterative reasoning preference optimization)
 * for {@link Dpo}; the third part of mixed preference optimization.
 *
 * <p>{@code loss + weight * nll} with {@link PairLogps#nll()}, usually that of the preferred response; metric {@code
 * nll_loss} beside those of the loss.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * var rpo = new PlusNll(new Dpo(0.5), 0.1);     // also PreferenceLoss.dpo(0.5).plusNll(0.1)
 * rpo.loss(pairs.withNll(nd.create(2f))).loss()
 * // => ND: () cpu() float32 0.8437
 * rpo.loss(pairs)
 * // => IllegalArgumentException: nll: expected an array, needed by a loss with a likelihood term, got none
 * }</pre>
 *
 * @param base the preference loss
 * @param weight of the likelihood, at least 0
 */
public record PlusNll(PreferenceLoss base, double weight) implements PreferenceLoss {

    private static final Script PLUS = Script.of("""
            def plus(self, loss: Tensor, nll: Tensor, weight: float) -> Tensor:
              return loss + nll * weight
            """);

    private static final Script PLUS_CONSTANT = Script.of("""
            def plus(self, gradient: Tensor, weight: float) -> Tensor:
              return gradient + weight
            """);

    private static final Script APPEND = Script.of("""
            def append(self, metrics: Tensor, nll: Tensor) -> Tensor:
              return torch.cat([metrics, torch.reshape(torch.type_as(torch.detach(nll), metrics), [1])], 0)
            """);

    public PlusNll {
        Check.notNegative("weight", weight);
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        NDArray nll = nll(pairs);
        try (Scope scope = Scope.open()) {
            return output(base.loss(pairs), nll).keptBy(scope);
        }
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        NDArray nll = nll(pairs);
        try (Scope scope = Scope.open()) {
            LossGradients result = base.lossAndGradients(pairs);
            Map<String, NDArray> gradients = new LinkedHashMap<>(result.gradients());
            gradients.put("nll", PLUS_CONSTANT.call(result.of("nll"), weight));
            gradients.values().forEach(scope::keep);
            return new LossGradients(output(result.output(), nll).keptBy(scope), gradients);
        }
    }

    private static NDArray nll(PairLogps pairs) {
        Check.present("nll", pairs.nll(), "a loss with a likelihood term");
        return pairs.imitation()[0];
    }

    private LossOutput output(LossOutput result, NDArray nll) {
        List<String> names = new ArrayList<>(result.metrics().names());
        NDArray metrics = result.metrics().values();
        if (!names.contains("nll_loss")) {
            names.add("nll_loss");
            metrics = APPEND.call(metrics, nll);
        }
        return new LossOutput(PLUS.call(result.loss(), nll, weight), result.losses(), new Metrics(names, metrics));
    }
}
