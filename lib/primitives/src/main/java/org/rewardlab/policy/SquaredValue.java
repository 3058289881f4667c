package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * Half the squared error of a critic, clipped as in PPO or not. Schulman et al. 2017, eq. 9; the clip of the authors'
 * code.
 *
 * <p>{@code 0.5 (v - R)^2}, with a clip range c the larger of that and {@code 0.5 (clip(v, old - c, old + c) - R)^2}: a
 * pessimistic bound, 0 gradient where the clipped error is larger. c to infinity is the plain loss. Metrics:
 * {@code critic/vpred_mean}, and with a clip range {@code critic/vf_clipfrac}, the share of tokens where the clipped
 * loss is larger.
 *
 * <pre>{@code
 * var batch = new ValueBatch(
 *         nd.create(new float[][] {{1, 2}}),     // values
 *         nd.create(new float[][] {{1, 1}}),     // when sampled
 *         nd.create(new float[][] {{0, 3}}),     // returns
 *         nd.create(new float[][] {{1, 1}}));    // mask
 * new SquaredValue().loss(batch).losses()
 * // => ND: (1, 2) cpu() float32 [[0.5, 0.5]]
 * new SquaredValue(0.2).loss(batch).losses()   // the second moved by 1, counted as 0.2
 * // => ND: (1, 2) cpu() float32 [[0.5, 1.62]]
 * }</pre>
 *
 * @param clipRange how far predictions may move from the old ones, above 0; null for no clip
 * @param aggregation which denominator
 */
public record SquaredValue(@Nullable Double clipRange, Aggregation aggregation) implements ValueLoss {

    private static final List<String> PLAIN_METRICS = List.of("critic/vpred_mean");
    private static final List<String> CLIPPED_METRICS = List.of("critic/vpred_mean", "critic/vf_clipfrac");

    private static final Script TOKENS = Script.of("""
            def tokens(self, v: Tensor, old: Tensor, target: Tensor, mask: Tensor, bound: float) -> List[Tensor]:
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(v)
              value = torch.where(counted, v, zero)
              goal = torch.where(counted, target, zero)
              error = torch.sub(value, goal)
              losses = torch.mul(torch.mul(error, error), 0.5)
              flags = torch.type_as(counted, v)
              n = torch.add(torch.sum(flags), 1e-08)
              mean = torch.div(torch.sum(torch.detach(value)), n)
              slope = error
              metrics = [mean]
              if bound > 0.:
                before = torch.where(counted, torch.detach(old), zero)
                bounded = torch.minimum(torch.maximum(value, torch.sub(before, bound)), torch.add(before, bound))
                moved = torch.sub(bounded, goal)
                other = torch.mul(torch.mul(moved, moved), 0.5)
                larger = torch.gt(other, losses)
                slope = torch.where(larger, zero, error)
                losses = torch.where(larger, other, losses)
                metrics = [mean, torch.div(torch.sum(torch.type_as(larger, v)), n)]
              return [losses, torch.stack(metrics, 0), slope]
            """);

    private static final Script REDUCE = Script.of("""
            def reduce(self, losses: Tensor, slope: Tensor, weights: Tensor) -> List[Tensor]:
              return [torch.sum(torch.mul(losses, weights)), torch.mul(slope, weights)]
            """);

    public SquaredValue {
        if (clipRange != null) {
            Check.positive("clipRange", clipRange);
        }
    }

    /** A mean over counted tokens, clipped to a range. */
    public SquaredValue(double clipRange) {
        this(clipRange, Aggregation.tokenMean());
    }

    /** A mean over counted tokens, without clip. */
    public SquaredValue() {
        this(null, Aggregation.tokenMean());
    }

    @Override
    public LossOutput loss(ValueBatch batch) {
        try (Scope scope = Scope.open()) {
            NDArray[] tokens = tokens(batch);
            NDArray loss = aggregation.aggregate(tokens[0], batch.mask());
            return output(loss, tokens).keptBy(scope);
        }
    }

    /** {@inheritDoc} In closed form: the error times the token's weight, 0 where the clipped error is larger. */
    @Override
    public LossGradients lossAndGradients(ValueBatch batch) {
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray[] tokens = tokens(batch);
            NDArray weights = aggregation.weights(batch.mask(), tokens[0]);
            NDArray[] both = REDUCE.callMany(tokens[0], tokens[2], weights);
            return new LossGradients(output(both[0], tokens).keptBy(scope), Map.of("values", scope.keep(both[1])));
        }
    }

    private NDArray[] tokens(ValueBatch batch) {
        batch.check(clipRange != null);
        NDArray old = batch.oldValues() == null || clipRange == null ? batch.values() : batch.oldValues();
        return TOKENS.callMany(batch.values(), old, batch.returns(), batch.mask(), clipRange == null ? 0.0 : clipRange);
    }

    private LossOutput output(NDArray loss, NDArray[] tokens) {
        return new LossOutput(
                loss, tokens[0], new Metrics(clipRange == null ? PLAIN_METRICS : CLIPPED_METRICS, tokens[1]));
    }
}
