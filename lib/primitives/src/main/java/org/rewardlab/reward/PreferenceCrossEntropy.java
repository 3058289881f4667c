package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * Cross-entropy between an annotator's comparison and the softmax of two scores, a tie counting half for each. Christiano et
 * al. 2017, eq. 1; as the ranking loss of Zheng et al. 2024 (ONI), section 3.2.
 *
 * <p>The mean of {@code -(1-y) log p(first) - y log p(second)}, y = 0, 1, or 0.5 for a tie. Without ties it is {@link BradleyTerry}; a
 * tie pushes the scores together. A constant added to both scores changes nothing; equal scores give log 2.
 *
 * <p>Metric {@code accuracy} over decided pairs, 0.5 if there is none; equal scores count as a prediction of the first.
 */
public record PreferenceCrossEntropy() implements RewardModelLoss<ComparedRewards> {

    private static final String BODY = """
              d = second - first
              y = torch.type_as(torch.detach(label), first)
              y = torch.where(y == 2, torch.full_like(y, 0.5), y)
              losses = -(1. - y) * torch.log_sigmoid(-d) - y * torch.log_sigmoid(d)
              decided = torch.type_as(y != 0.5, first)
              hit = decided * torch.type_as((d > 0) == (y > 0.5), first)
              n = torch.sum(decided)
              accuracy = torch.where(n > 0, torch.sum(hit) / torch.clamp(n, 1.), torch.full_like(n, 0.5))
              metrics = torch.reshape(accuracy, [1])
            """;

    private static final Script LOSS =
            Script.of("def loss(self, first: Tensor, second: Tensor, label: Tensor) -> List[Tensor]:\n" + BODY
                    + "  return [torch.mean(losses), losses, metrics]\n");

    private static final Script GRADIENTS = Script.of(
            "def gradients(self, first: Tensor, second: Tensor, label: Tensor) -> List[Tensor]:\n" + BODY + """
                      up = (torch.sigmoid(d) - y) / torch.numel(d)
                      return [torch.mean(losses), losses, metrics, -up, up]
                    """);

    @Override
    public LossOutput loss(ComparedRewards pairs) {
        pairs.check();
        return output(LOSS.callMany(pairs.first(), pairs.second(), pairs.label()));
    }

    @Override
    public LossGradients lossAndGradients(ComparedRewards pairs) {
        pairs.check();
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = GRADIENTS.callMany(pairs.first(), pairs.second(), pairs.label());
            return new LossGradients(output(results), Map.of("first", results[3], "second", results[4]));
        }
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(List.of("accuracy"), results[2]));
    }
}
