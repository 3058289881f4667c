package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * The clipped surrogate of proximal policy optimization. Schulman et al. 2017, eq. 7; dual clip of Ye et al. 2020; clip-higher
 * of Yu et al. 2025 (DAPO).
 *
 * <p>With {@code r = exp(logps - oldLogps)} (the exponent clamped to [-20, 20]): {@code max(-A r, -A clip(r, 1-clipLow,
 * 1+clipHigh))}, and where A is negative at most {@code -A dualClip}. On policy the value is {@code -mean A} and the
 * gradient {@code -A} over the denominator. Metrics: {@code clip_ratio}, {@code clip_ratio/dual}, {@code approx_kl}.
 *
 * @param clipLow how far a ratio may fall below 1, in (0, 1)
 * @param clipHigh how far it may rise above 1, above 0
 * @param dualClip bound on the loss of bad tokens, above 1; null for none
 * @param aggregation which denominator
 */
public record PpoClip(
        double clipLow, double clipHigh, @Nullable Double dualClip, Aggregation aggregation) implements PolicyLoss {

    private static final List<String> METRICS = List.of("clip_ratio", "clip_ratio/dual", "approx_kl");

    private static final Script TOKENS = Script.of("""
            def tokens(self, logps: Tensor, old: Tensor, adv: Tensor, mask: Tensor, low: float, high: float, dual: float) -> List[Tensor]:
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(logps)
              a = torch.where(counted, adv, zero)
              x = torch.clamp(torch.sub(torch.where(counted, logps, zero), torch.where(counted, old, zero)), -20., 20.)
              ratio = torch.exp(x)
              plain = torch.neg(torch.mul(a, ratio))
              clipped = torch.neg(torch.mul(a, torch.clamp(ratio, 1. - low, 1. + high)))
              losses = torch.maximum(plain, clipped)
              m = torch.type_as(counted, logps)
              n = torch.add(torch.sum(m), 1e-08)
              over = torch.div(torch.sum(torch.mul(torch.type_as(torch.gt(clipped, plain), m), m)), n)
              under = torch.sum(torch.zeros_like(m))
              if dual > 0.:
                bound = torch.mul(torch.neg(a), dual)
                bad = torch.lt(a, 0)
                beyond = torch.logical_and(torch.gt(losses, bound), bad)
                under = torch.div(torch.sum(torch.mul(torch.type_as(beyond, m), m)), n)
                losses = torch.where(bad, torch.minimum(losses, bound), losses)
              kl = torch.div(torch.sum(torch.mul(torch.neg(torch.detach(x)), m)), n)
              return [losses, torch.stack([over, under, kl], 0)]
            """);

    private static final Script WEIGHTED = Script.of("""
            def weighted(self, losses: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
              return torch.mul(losses, torch.where(torch.ne(mask, 0), torch.detach(weights), torch.zeros_like(weights)))
            """);

    public PpoClip {
        Check.strictlyWithin("clipLow", clipLow, 0, 1);
        Check.positive("clipHigh", clipHigh);
        if (dualClip != null && !(dualClip > 1 && Double.isFinite(dualClip))) {
            throw Check.failure("dualClip", "a finite number above 1, or none", dualClip);
        }
    }

    /** With the dual clip at 3 and a mean over tokens. */
    public PpoClip(double clipLow, double clipHigh) {
        this(clipLow, clipHigh, 3.0, Aggregation.tokenMean());
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        batch.check();
        try (Scope scope = Scope.open()) {
            NDArray[] tokens = TOKENS.callMany(
                    batch.logps(),
                    batch.oldLogps(),
                    batch.advantages(),
                    batch.mask(),
                    clipLow,
                    clipHigh,
                    dualClip == null ? 0.0 : dualClip);
            NDArray weights = batch.isWeights();
            NDArray losses = weights == null ? tokens[0] : WEIGHTED.call(tokens[0], weights, batch.mask());
            NDArray loss = aggregation.aggregate(losses, batch.mask());
            return new LossOutput(loss, losses, new Metrics(METRICS, tokens[1])).keptBy(scope);
        }
    }
}
