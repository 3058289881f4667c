package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.TurnTokens;

/**
 * PPO's clip on the steps of an agent, each one action of several tokens. Liu et al. 2025 (iStar), eq. 9.
 *
 * <p>The ratio of a step is {@code exp(sum of logps - oldLogps)} over its counted tokens, its advantage the mean of theirs ({@link
 * PolicyBatch#ofTurns} gives every token that of its step); the loss is the mean over all steps of the batch of {@code max(-A r, -A
 * clip(r))}. One token a step makes it {@link PpoClip} without its dual clip, one step a row {@link RlooLoss}. No KL term. Old
 * log-probabilities and advantages are constants.
 *
 * <p>{@code losses} are (B,K), 0 where there is no step. Metrics: {@code actor/pg_clipfrac} over steps, {@code actor/ppo_kl} over tokens.
 * Rejects a batch without step, importance weights, and the absence of turns.
 *
 * <pre>{@code
 * var batch = PolicyBatch.ofTurns(
 *         nd.create(new float[][] {{-1, -1, -1, -1}}),        // policy in training
 *         nd.create(new float[][] {{-1.1f, -1.1f, -1, -1}}),  // when sampled: ratios of the steps exp(0.2) and 1
 *         nd.create(new float[][] {{1, -1}}),                 // advantage of each step
 *         nd.create(new int[][] {{0, 0, -1, 1}}));            // step of each token
 * new StepPpo(0.3, 0.3).loss(batch).losses()
 * // => ND: (1, 2) cpu() float32 [[-1.2214, 1.]]
 * new StepPpo(0.2, 0.2).loss(batch).losses().toFloatArray()
 * // => float[2] { -1.2, 1.0 }
 * new StepPpo(0.2, 0.2).lossAndGradients(batch).of("logps")
 * // => ND: (1, 4) cpu() float32 [[-0., -0., -0., 0.5]]
 * }</pre>
 *
 * @param clipLow how far a ratio may fall below 1, above 0
 * @param clipHigh how far it may rise above 1, above 0
 */
public record StepPpo(double clipLow, double clipHigh) implements PolicyLoss {

    private static final List<String> METRICS = List.of("actor/pg_clipfrac", "actor/ppo_kl");

    private static final String SIGNATURE =
            "(self, logps: Tensor, old: Tensor, adv: Tensor, mask: Tensor, turns: Tensor,"
                    + " count: int, low: float, high: float) -> List[Tensor]:\n";

    private static final String BODY = """
              t = torch.to(turns, 4)
              counted = torch.logical_and(mask != 0, t >= 0)
              zero = torch.zeros_like(logps)
              m = torch.type_as(counted, logps)
              x = torch.where(counted, logps - torch.detach(old), zero)
              a = torch.where(counted, torch.detach(adv), zero)
              index = torch.where(counted, t, torch.full_like(t, count))
              base = torch.new_zeros(logps, [torch.size(logps, 0), count + 1])
              tokens = torch.slice(torch.scatter_add(base, 1, index, m), 1, 0, count)
              total = torch.slice(torch.scatter_add(base, 1, index, a), 1, 0, count)
              log_ratio = torch.slice(torch.scatter_add(base, 1, index, x), 1, 0, count)
              there = torch.type_as(tokens > 0, logps)
              n = torch.sum(there)
              mean = total / torch.clamp(tokens, 1.)
              ratio = torch.exp(log_ratio)
              plain = -mean * ratio
              clipped = -mean * torch.clamp(ratio, 1. - low, 1. + high)
              losses = torch.contiguous(there * torch.maximum(plain, clipped))
              loss = torch.sum(losses) / n
              held = there * torch.type_as(clipped > plain, logps)
              kl = -torch.sum(x) / torch.clamp(torch.sum(m), 1.)
              metrics = torch.detach(torch.stack([torch.sum(held) / n, kl], 0))
            """;

    private static final Script COUNT = Script.of("""
            def steps(self, mask: Tensor, turns: Tensor) -> Tensor:
              return torch.sum(torch.to(torch.logical_and(mask != 0, turns >= 0), 4))
            """);

    private static final Script LOSS = Script.of("def loss" + SIGNATURE + BODY + "  return [loss, losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + BODY + """
              by_step = plain * (1. - held) / n
              slope = m * torch.gather(by_step, 1, torch.where(counted, t, torch.zeros_like(t)))
              return [loss, losses, metrics, slope]
            """);

    public StepPpo {
        Check.positive("clipLow", clipLow);
        Check.positive("clipHigh", clipHigh);
    }

    /** {@inheritDoc} */
    @Override
    public Set<PolicyBatch.Part> reads() {
        return Set.of(PolicyBatch.Part.TURNS);
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return output(run(LOSS, batch));
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(GRADIENTS, batch);
            return new LossGradients(output(results), Map.of("logps", results[3]));
        }
    }

    private NDArray[] run(Script script, PolicyBatch batch) {
        batch.check();
        if (batch.isWeights() != null) {
            throw Check.failure("isWeights", "none", batch.isWeights().getShape());
        }
        NDArray turns = Check.present("turns", batch.turns(), "a loss of steps");
        int count = TurnTokens.count(turns);
        try (NDArray steps = COUNT.call(batch.mask(), turns)) {
            if (steps.getLong() == 0) {
                throw Check.failure("turns", "at least one step with a counted token", "none");
            }
        }
        return script.callMany(
                batch.logps(),
                batch.oldLogps(),
                batch.advantages(),
                batch.mask(),
                turns,
                (long) count,
                clipLow,
                clipHigh);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
