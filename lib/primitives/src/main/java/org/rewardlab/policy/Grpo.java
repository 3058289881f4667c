package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;

/**
 * The loss of group relative policy optimization and its offspring. Shao et al. 2024, eq. 3; Dr. GRPO of Liu et al.
 * 2025; DAPO of Yu et al. 2025; GSPO-style sequence ratios of Zheng et al. 2025.
 *
 * <p>In this order: the ratio {@code r = exp(logps - oldLogps)} of each token, or {@code exp} of its mean over a row's
 * counted tokens; the surrogate; rows that were thrown out as too far off policy, and tokens of low entropy, become 0;
 * times the importance weights; plus {@code beta} times the k3 estimate of the KL to the reference; the denominator. A
 * ratio is never clamped. The loss is 0 on policy up to aggregation while its gradient is not.
 *
 * <p>Metrics: {@code clip_ratio/low_mean} (r below the range where A is negative), {@code clip_ratio/high_mean} (above
 * it where A is positive), {@code clip_ratio/region_mean} (both), {@code kl}. Rejects a KL term without reference, a
 * share of entropies without entropies, and {@link GrpoSurrogate.Damped} with sequence ratios.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * var grpo = new Grpo(new GrpoSurrogate.Clipped(0.2, 0.2, null), GrpoDenominator.sequenceMeans());
 * grpo.loss(batch).losses()
 * // => ND: (1, 3) cpu() float32 [[-1., -1.2, 0.8]]
 * grpo.lossAndGradients(batch).of("logps")
 * // => ND: (1, 3) cpu() float32 [[-0.3333, 0., 0.]]
 * }</pre>
 *
 * @param surrogate what becomes of ratio and advantage
 * @param importance whether a ratio belongs to a token or to its sequence
 * @param denominator what the sum of token losses is divided by
 * @param beta weight of the KL term, at least 0; 0 is none and reads no reference
 * @param biasCorrectedKl whether the KL estimate is multiplied by the ratio, with gradient through both
 * @param offPolicyThreshold rows with negative A whose mean {@code oldLogps - logps} exceeds it count 0; null for none
 * @param topEntropyShare share of tokens, those of highest entropy, that count, in [0, 1]; 1 is all of them
 */
public record Grpo(
        GrpoSurrogate surrogate,
        ImportanceLevel importance,
        GrpoDenominator denominator,
        double beta,
        boolean biasCorrectedKl,
        @Nullable Double offPolicyThreshold,
        double topEntropyShare)
        implements PolicyLoss {

    private static final List<String> METRICS =
            List.of("clip_ratio/low_mean", "clip_ratio/high_mean", "clip_ratio/region_mean", "kl");

    public Grpo {
        if (surrogate instanceof GrpoSurrogate.Damped && importance == ImportanceLevel.SEQUENCE) {
            throw Check.failure("importance", "token, which the damped surrogate needs", importance);
        }
        Check.notNegative("beta", beta);
        if (offPolicyThreshold != null) {
            Check.finite("offPolicyThreshold", offPolicyThreshold);
        }
        Check.within("topEntropyShare", topEntropyShare, 0, 1);
    }

    /** Token ratios, no KL term, all tokens. */
    public Grpo(GrpoSurrogate surrogate, GrpoDenominator denominator) {
        this(surrogate, ImportanceLevel.TOKEN, denominator, 0, false, null, 1);
    }

    /** The same with a KL term of that weight. */
    public Grpo withKl(double weight) {
        return new Grpo(
                surrogate, importance, denominator, weight, biasCorrectedKl, offPolicyThreshold, topEntropyShare);
    }

    /** The same with ratios of that level. */
    public Grpo withImportance(ImportanceLevel level) {
        return new Grpo(surrogate, level, denominator, beta, biasCorrectedKl, offPolicyThreshold, topEntropyShare);
    }

    /** The same on the share of tokens with the highest entropy. */
    public Grpo withTopEntropyShare(double share) {
        return new Grpo(surrogate, importance, denominator, beta, biasCorrectedKl, offPolicyThreshold, share);
    }

    /** {@inheritDoc} */
    @Override
    public Set<PolicyBatch.Part> reads() {
        Set<PolicyBatch.Part> parts = EnumSet.noneOf(PolicyBatch.Part.class);
        if (beta > 0) {
            parts.add(PolicyBatch.Part.REF_LOGPS);
        }
        if (topEntropyShare < 1) {
            parts.add(PolicyBatch.Part.ENTROPIES);
        }
        return parts;
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return output(run(batch, false));
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(batch, true);
            return new LossGradients(output(results), Map.of("logps", results[3]));
        }
    }

    private NDArray[] run(PolicyBatch batch, boolean closed) {
        NDArray[] references = PolicyFormula.NONE;
        if (beta > 0) {
            references = new NDArray[] {Check.present("refLogps", batch.refLogps(), "a KL term")};
        }
        NDArray[] entropies = PolicyFormula.NONE;
        if (topEntropyShare < 1) {
            entropies = new NDArray[] {Check.present("entropies", batch.entropies(), "a share of entropies below 1")};
        }
        boolean finite = batch.check();
        double[] numbers = surrogate.numbers();
        return GrpoScript.SCRIPT.callMany(
                batch.logps(),
                batch.oldLogps(),
                batch.advantages(),
                batch.mask(),
                references,
                entropies,
                batch.weights(),
                finite,
                surrogate.code(),
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                importance == ImportanceLevel.SEQUENCE,
                beta,
                biasCorrectedKl,
                offPolicyThreshold != null,
                offPolicyThreshold == null ? 0.0 : offPolicyThreshold,
                topEntropyShare,
                denominator.kind() == GrpoDenominator.Kind.SEQUENCE_MEANS,
                denominator.divisor(batch.logps().getShape().get(0)),
                closed);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
