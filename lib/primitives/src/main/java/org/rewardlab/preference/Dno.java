package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * Direct Nash optimization: log-ratio differences regressed on differences of win rates, with soft labels. Rosset et al.
 * 2024, algorithm 1.
 *
 * <p>{@code d = eta ((logps1 - oldLogps1) - (logps2 - oldLogps2))}, {@code w = sigmoid(rewards1 - rewards2)}, loss {@code -w log
 * sigmoid(d) - (1-w) log sigmoid(-d)}. Least at {@code d = rewards1 - rewards2}, the step of {@link
 * org.rewardlab.policy.SoftPolicyIteration}. A pair won by far turns it into {@link Dpo} with beta = eta and the old policy as
 * reference. A constant added to both rewards, or to both log-probabilities, changes nothing.
 *
 * <p>{@code losses} (B). Metrics: {@code margins}, the mean of d, and {@code targets}, that of the reward differences.
 *
 * <pre>{@code
 * var old = nd.create(new float[] {-9, -9});
 * var pairs = new RewardedPairs(
 *         nd.create(new float[] {-9, -8}), nd.create(new float[] {-9, -10}), old, old, // d = 0 and 2
 *         nd.create(new float[] {2, 2}), nd.create(new float[] {0, 0}));               // rewards: 2 ahead
 * new Dno().loss(pairs).losses()
 * // => ND: (2) cpu() float32 [0.6931, 0.3653]
 * new Dno().lossAndGradients(pairs).of("logps1") // the second pair has arrived
 * // => ND: (2) cpu() float32 [-0.1904, 0.]
 * }</pre>
 *
 * @param eta above 0; small lets the policy move far
 */
public record Dno(double eta) implements OnlinePreferenceLoss<RewardedPairs> {

    private static final String SIGNATURE =
            "(self, a: Tensor, b: Tensor, oa: Tensor, ob: Tensor, ra: Tensor, rb: Tensor, eta: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              d = eta * ((a - torch.detach(oa)) - (b - torch.detach(ob)))
              gap = torch.detach(ra - rb)
              w = torch.sigmoid(gap)
              losses = -(w * torch.log_sigmoid(d) + torch.sigmoid(-gap) * torch.log_sigmoid(-d))
              metrics = torch.stack([torch.mean(torch.detach(d)), torch.mean(gap)], 0)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = (torch.sigmoid(d) - w) * (eta / torch.numel(d))
              return [torch.mean(losses), losses, metrics, g, -g]
            """);

    public Dno {
        Check.positive("eta", eta);
    }

    /** With eta 1. */
    public Dno() {
        this(1);
    }

    @Override
    public LossOutput loss(RewardedPairs pairs) {
        return output(run(LOSS, pairs));
    }

    @Override
    public LossGradients lossAndGradients(RewardedPairs pairs) {
        NDArray[] results = run(GRADIENTS, pairs);
        return new LossGradients(output(results), Map.of("logps1", results[3], "logps2", results[4]));
    }

    private NDArray[] run(Script script, RewardedPairs pairs) {
        pairs.check();
        return script.callMany(
                pairs.logps1(),
                pairs.logps2(),
                pairs.oldLogps1(),
                pairs.oldLogps2(),
                pairs.rewards1(),
                pairs.rewards2(),
                eta);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(List.of("margins", "targets"), results[2]));
    }
}
