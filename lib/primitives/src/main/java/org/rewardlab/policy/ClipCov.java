package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.rewardlab.policy.PolicyFormula.Metric;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * PPO that lets go of a few tokens whose log-probability and advantage move together, since those eat the entropy. Cui
 * et al. 2025, "The entropy mechanism of RL", eq. 11.
 *
 * <p>Candidates are the counted tokens that PPO does not clip and whose {@code (A - mean A)(logps - mean logps)} lies
 * strictly between covLow and covHigh. Of these, {@code max(floor(ratio * counted), 1)} (all if there are fewer) are
 * drawn at random and their loss becomes 0; the denominator keeps them. The draw is a function of the seed and the
 * batch, so that equal calls agree and later batches draw anew. Without candidates it is {@link PpoClip} without its
 * dual clip and without its clamp of log-ratios.
 *
 * <p>Metrics: {@code actor/pg_clipfrac}, the share of tokens let go; {@code actor/ppo_kl}.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * var clipCov = new ClipCov(0.2, 0.2, 0.4, -1, 1, 0, Aggregation.tokenMean());
 * clipCov.loss(batch).losses()        // of the two tokens that are not clipped, one is let go
 * // => ND: (1, 3) cpu() float32 [[-0., -1.2, 0.8]]
 * }</pre>
 *
 * @param clipLow how far a ratio may fall below 1, above 0
 * @param clipHigh how far it may rise above 1, above 0
 * @param ratio share of counted tokens to let go, above 0; 2e-4 is usual
 * @param covLow candidates are above it; 1 is usual
 * @param covHigh candidates are below it; 5 is usual
 * @param seed of the draw
 * @param aggregation which denominator
 */
public record ClipCov(
        double clipLow,
        double clipHigh,
        double ratio,
        double covLow,
        double covHigh,
        long seed,
        Aggregation aggregation)
        implements PolicyLoss {

    private static final Script CANDIDATES = Script.of("""
            def candidates(self, logps: Tensor, old: Tensor, adv: Tensor, mask: Tensor, low: float, high: float, least: float, most: float) -> List[Tensor]:
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(logps)
              a = torch.where(counted, adv, zero)
              lp = torch.where(counted, logps, zero)
              ratio = torch.exp(torch.where(counted, torch.sub(logps, old), zero))
              n = torch.add(torch.sum(torch.type_as(counted, logps)), 1e-08)
              cov = torch.mul(torch.sub(a, torch.div(torch.sum(a), n)), torch.sub(lp, torch.div(torch.sum(lp), n)))
              clipped = torch.gt(torch.neg(torch.mul(a, torch.clamp(ratio, 1. - low, 1. + high))), torch.neg(torch.mul(a, ratio)))
              between = torch.logical_and(torch.gt(cov, least), torch.lt(cov, most))
              return [torch.logical_and(torch.logical_and(between, counted), torch.logical_not(clipped)), cov]
            """);

    private static final PolicyFormula FORMULA = PolicyFormula.of(
            List.of("low: float", "high: float"),
            """
            x = d
            ratio = torch.exp(x)
            plain = torch.neg(torch.mul(a, ratio))
            clipped = torch.neg(torch.mul(a, torch.clamp(ratio, 1. - low, 1. + high)))
            kept = extra[0]
            losses = torch.mul(torch.maximum(plain, clipped), kept)
            """,
            "slope = torch.mul(torch.where(torch.gt(clipped, plain), zero, plain), kept)",
            new Metric("actor/pg_clipfrac", "torch.div(torch.sum(torch.rsub(kept, 1)), n8)"),
            PolicyFormula.PPO_KL);

    public ClipCov {
        Check.positive("clipLow", clipLow);
        Check.positive("clipHigh", clipHigh);
        Check.positive("ratio", ratio);
        Check.finite("covLow", covLow);
        if (!(covHigh > covLow)) {
            throw Check.failure("covHigh", "a number above covLow = " + covLow, covHigh);
        }
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        try (Scope scope = Scope.open()) {
            return FORMULA.loss(batch, aggregation, this::kept, clipLow, clipHigh)
                    .keptBy(scope);
        }
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        try (Scope scope = Scope.open()) {
            LossGradients result = FORMULA.lossAndGradients(batch, aggregation, this::kept, clipLow, clipHigh);
            result.output().keptBy(scope);
            scope.keep(result.of("logps"));
            return result;
        }
    }

    /** 0 on the tokens that are let go, 1 elsewhere (B,T). */
    private NDArray[] kept(PolicyBatch batch) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] found = CANDIDATES.callMany(
                    batch.logps(),
                    batch.oldLogps(),
                    batch.advantages(),
                    batch.mask(),
                    clipLow,
                    clipHigh,
                    covLow,
                    covHigh);
            double[] mask = Tensors.toDoubles(batch.mask());
            double[] kept = new double[mask.length];
            Arrays.fill(kept, 1);
            int counted = (int) Arrays.stream(mask).filter(value -> value != 0).count();
            for (int token : drawn(found[0], found[1], Math.max((int) (ratio * counted), 1))) {
                kept[token] = 0;
            }
            return new NDArray[] {
                Tensors.create(
                        batch.logps().getManager(),
                        kept,
                        batch.logps().getDataType(),
                        batch.logps().getShape().getShape())
            };
        }
    }

    private int[] drawn(NDArray flags, NDArray covariances, int wanted) {
        double[] candidate = Tensors.toDoubles(flags);
        int[] tokens = new int[candidate.length];
        int found = 0;
        for (int i = 0; i < candidate.length; i++) {
            if (candidate[i] != 0) {
                tokens[found++] = i;
            }
        }
        if (found > wanted) {
            var random = new SplittableRandom(seed ^ ((long) Arrays.hashCode(Tensors.toDoubles(covariances)) << 32));
            for (int i = 0; i < wanted; i++) {
                int j = random.nextInt(i, found);
                int swapped = tokens[i];
                tokens[i] = tokens[j];
                tokens[j] = swapped;
            }
        }
        return Arrays.copyOf(tokens, Math.min(found, wanted));
    }
}
