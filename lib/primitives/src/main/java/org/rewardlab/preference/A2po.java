package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Policy optimization by regression on the optimal advantage: the log-ratio of one sample per prompt is fitted to its
 * reward less the prompt's optimal value, which is estimated beforehand from samples of the reference. Brantley et al.
 * 2025 (A*-PO).
 *
 * <p>{@code (beta2 u - (reward - value))^2} with the log-ratio u. Metrics: {@code reward}, {@code kl} (the mean
 * log-ratio) and {@code advantage}.
 *
 * <pre>{@code
 * var rewards = nd.create(new float[][] {{0, 1}, {0, 0}});
 * var values = A2po.optimalValues(rewards, 0.5);        // between the mean and the maximum of each prompt
 * values
 * // => ND: (2) cpu() float32 [0.7169, 0.]
 * var samples = new ValuedSamples(
 *         nd.create(new float[] {-10, -10}), nd.create(new float[] {-11, -10}), nd.create(new float[] {1, 0}), values);
 * new A2po(0.1).loss(samples).losses()
 * // => ND: (2) cpu() float32 [0.0335, 0.]
 * }</pre>
 *
 * @param beta2 strength of the KL divergence to the reference, above 0; 1e-3 is usual
 */
public record A2po(double beta2) implements OnlinePreferenceLoss<ValuedSamples> {

    private static final String SIGNATURE =
            "(self, logps: Tensor, ref: Tensor, rewards: Tensor, values: Tensor, beta: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              u = logps - ref
              advantage = torch.detach(rewards - values)
              error = beta * u - advantage
              losses = error ** 2
              metrics = torch.stack([torch.mean(torch.detach(rewards)), torch.mean(torch.detach(u)), torch.mean(advantage)], 0)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE
            + "  return [torch.mean(losses), losses, metrics, 2. * beta * error / torch.numel(error)]\n");

    private static final Script VALUES = Script.of("""
            def values(self, rewards: Tensor, beta: float) -> Tensor:
              total = torch.logsumexp(torch.detach(rewards) / beta, [1])
              return beta * (total - torch.log(torch.size(rewards, 1)))
            """);

    public A2po {
        Check.positive("beta2", beta2);
    }

    /**
     * The optimal value of each prompt under a KL penalty, {@code beta1 log mean exp(reward / beta1)} over samples of
     * the reference: their mean for a large beta1, their maximum for a small one.
     *
     * @param rewards of N samples for each prompt (B,N)
     * @param beta1 above 0; 0.5 is usual
     * @return (B), constant
     */
    public static NDArray optimalValues(NDArray rewards, double beta1) {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        if (rewards.getShape().get(1) == 0) {
            throw Check.failure("rewards", "at least one sample for each prompt", rewards.getShape());
        }
        Check.positive("beta1", beta1);
        ValueCheck.of().finite("rewards", rewards).run();
        return VALUES.call(rewards, beta1);
    }

    @Override
    public LossOutput loss(ValuedSamples samples) {
        return output(run(LOSS, samples));
    }

    @Override
    public LossGradients lossAndGradients(ValuedSamples samples) {
        NDArray[] results = run(GRADIENTS, samples);
        return new LossGradients(output(results), Map.of("logps", results[3]));
    }

    private NDArray[] run(Script script, ValuedSamples samples) {
        samples.check();
        return script.callMany(samples.logps(), samples.refLogps(), samples.rewards(), samples.optimalValues(), beta2);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(List.of("reward", "kl", "advantage"), results[2]));
    }
}
