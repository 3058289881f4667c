package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * The Bradley-Terry loss of a pairwise reward model. Ouyang et al. 2022, eq. 1; margin as in Touvron et al. 2023 (Llama 2),
 * eq. 2; centering as in Eisenstein et al. 2023.
 *
 * <p>{@code mean of -log sigmoid(chosen - rejected - margin) + coefficient * (chosen + rejected)^2}. Stable for
 * differences in the thousands. Metrics: {@code accuracy} (ties are wrong) and {@code margin}, the mean difference before
 * the target margin, and {@code min_reward}, {@code mean_reward}, {@code max_reward} over both sides.
 *
 * @param centerRewardsCoefficient weight of the penalty on the sum of the two scores, at least 0; 0 is none
 */
public record BradleyTerry(double centerRewardsCoefficient) implements RewardModelLoss<RewardPairs> {

    private static final List<String> METRICS =
            List.of("accuracy", "margin", "min_reward", "mean_reward", "max_reward");

    private static final String BODY = """
              d = c - r
              ahead = torch.detach(d)
              if len(margin) > 0:
                d = d - margin[0]
              losses = -torch.log_sigmoid(d)
              if center > 0.:
                losses = losses + center * (c + r) ** 2
              loss = torch.mean(losses)
              both = torch.detach(torch.cat([c, r], 0))
              low, high = torch.aminmax(both)
              accuracy = torch.mean(torch.type_as(c > r, both))
              metrics = torch.stack([accuracy, torch.mean(ahead), low, torch.mean(both), high], 0)
            """;

    private static final Script LOSS =
            Script.of("def loss(self, c: Tensor, r: Tensor, margin: List[Tensor], center: float) -> List[Tensor]:\n"
                    + BODY + "  return [loss, losses, metrics]\n");

    private static final Script GRADIENTS = Script.of(
            "def gradients(self, c: Tensor, r: Tensor, margin: List[Tensor], center: float) -> List[Tensor]:\n" + BODY
                    + """
                      n = torch.numel(c)
                      up = torch.sigmoid(-d) * torch.new_full(d, [], -1. / n)
                      down = -up
                      if center > 0.:
                        pull = (2. * center / n) * (c + r)
                        up = up + pull
                        down = down + pull
                      return [loss, losses, metrics, up, down]
                    """);

    public BradleyTerry {
        Check.notNegative("centerRewardsCoefficient", centerRewardsCoefficient);
    }

    /** Without centering. */
    public BradleyTerry() {
        this(0);
    }

    @Override
    public LossOutput loss(RewardPairs pairs) {
        return output(run(LOSS, pairs));
    }

    @Override
    public LossGradients lossAndGradients(RewardPairs pairs) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(GRADIENTS, pairs);
            return new LossGradients(
                    output(results), Map.of("chosenRewards", results[3], "rejectedRewards", results[4]));
        }
    }

    private NDArray[] run(Script script, RewardPairs pairs) {
        pairs.check();
        NDArray margin = pairs.margin();
        NDArray[] margins = margin == null ? new NDArray[0] : new NDArray[] {margin};
        return script.callMany(pairs.chosenRewards(), pairs.rejectedRewards(), margins, centerRewardsCoefficient);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
