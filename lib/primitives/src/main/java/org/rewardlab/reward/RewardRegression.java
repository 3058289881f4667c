package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * The square loss of a reward model that predicts ratings. Wang et al. 2023 (HelpSteer) train one head for each
 * attribute so.
 *
 * <p>{@code mean of weight (reward - target)^2}; the mean is over responses, not over weights. Metrics: {@code mse}
 * without weights, {@code min_reward}, {@code mean_reward}, {@code max_reward}.
 *
 * <pre>{@code
 * var rated = new RewardTargets(nd.create(new float[] {1, 3}), nd.create(new float[] {2, 3}));
 * new RewardRegression().loss(rated).losses()
 * // => ND: (2) cpu() float32 [1., 0.]
 * }</pre>
 */
public record RewardRegression() implements RewardModelLoss<RewardTargets> {

    private static final List<String> METRICS = List.of("mse", "min_reward", "mean_reward", "max_reward");

    private static final String SIGNATURE =
            "(self, r: Tensor, targets: Tensor, weights: List[Tensor]) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              error = r - torch.type_as(torch.detach(targets), r)
              w = torch.full_like(torch.detach(r), 1.)
              if len(weights) > 0:
                w = torch.type_as(torch.detach(weights[0]), r)
              losses = w * error ** 2
              d = torch.detach(r)
              metrics = torch.stack([torch.mean(torch.detach(error) ** 2), torch.min(d), torch.mean(d), torch.max(d)], 0)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE
            + "  return [torch.mean(losses), losses, metrics, 2. * w * error / torch.numel(w)]\n");

    @Override
    public LossOutput loss(RewardTargets responses) {
        return output(run(LOSS, responses));
    }

    @Override
    public LossGradients lossAndGradients(RewardTargets responses) {
        NDArray[] results = run(GRADIENTS, responses);
        return new LossGradients(output(results), Map.of("rewards", results[3]));
    }

    private static NDArray[] run(Script script, RewardTargets responses) {
        responses.check();
        NDArray weights = responses.weights();
        return script.callMany(
                responses.rewards(), responses.targets(), weights == null ? new NDArray[0] : new NDArray[] {weights});
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
