package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * Supervised fine-tuning: the negative log-likelihood of given responses.
 *
 * <p>{@code losses} are {@code -logps} (B,T). Added with a weight to a preference loss, over the chosen response, it
 * makes RPO and MPO. It is {@link PolicyLoss REINFORCE} with advantages of 1. Metric: {@code nll_loss}.
 *
 * <pre>{@code
 * var tokens = new TokenLogps(nd.create(new float[][] {{-1, -3, 0}}), nd.create(new float[][] {{1, 1, 0}}));
 * new NegativeLogLikelihood().loss(tokens).loss()
 * // => ND: () cpu() float32 2.
 * }</pre>
 *
 * @param aggregation which denominator
 */
public record NegativeLogLikelihood(Aggregation aggregation) implements Loss<TokenLogps> {

    private static final List<String> METRICS = List.of("nll_loss");

    private static final Script NEGATIVE = Script.of("""
            def negative(self, logps: Tensor, mask: Tensor) -> Tensor:
              return torch.neg(torch.where(torch.ne(mask, 0), logps, torch.zeros_like(logps)))
            """);

    private static final Script METRIC = Script.of("""
            def metric(self, loss: Tensor) -> Tensor:
              return torch.reshape(torch.clone(torch.detach(loss)), [1])
            """);

    /** The mean over counted tokens. */
    public NegativeLogLikelihood() {
        this(Aggregation.tokenMean());
    }

    @Override
    public LossOutput loss(TokenLogps batch) {
        batch.check();
        try (Scope scope = Scope.open()) {
            NDArray losses = NEGATIVE.call(batch.logps(), batch.mask());
            NDArray loss = aggregation.aggregate(losses, batch.mask());
            return new LossOutput(loss, losses, new Metrics(METRICS, METRIC.call(loss))).keptBy(scope);
        }
    }

    /** {@inheritDoc} In closed form: minus the weight of each token. */
    @Override
    public LossGradients lossAndGradients(TokenLogps batch) {
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            LossOutput output = loss(batch).keptBy(scope);
            NDArray weights = aggregation.weights(batch.mask(), batch.logps());
            return new LossGradients(output, Map.of("logps", scope.keep(NEGATIVE.call(weights, batch.mask()))));
        }
    }
}
