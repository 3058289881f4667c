package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Logistic;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * The Bradley-Terry loss of a pairwise reward model. Ouyang et al. 2022, eq. 1; margin as in Touvron et al. 2023 (Llama
 * 2), eq. 2; centering as in Eisenstein et al. 2023.
 *
 * <p>{@code mean of -log sigmoid(chosen - rejected - margin) + coefficient * (chosen + rejected)^2}. Stable for
 * differences in the thousands. Metrics: {@code accuracy} (ties are wrong) and {@code margin}, the mean difference
 * before the target margin, and {@code min_reward}, {@code mean_reward}, {@code max_reward} over both sides.
 *
 * <pre>{@code
 * var pairs = new RewardPairs(nd.create(new float[] {2, 0}), nd.create(new float[] {1, 0}));
 * new BradleyTerry().loss(pairs).losses()
 * // => ND: (2) cpu() float32 [0.3133, 0.6931]
 * new BradleyTerry().lossAndGradients(pairs).of("chosenRewards")
 * // => ND: (2) cpu() float32 [-0.1345, -0.25]
 * new BradleyTerry().loss(pairs).metrics().toMap()
 * // => {accuracy=0.5, margin=0.5, min_reward=0.0, mean_reward=0.75, max_reward=2.0}
 * }</pre>
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
        if (Logistic.fits(pairs.chosenRewards())) {
            pairs.check();
            return inJava(pairs);
        }
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(GRADIENTS, pairs);
            return new LossGradients(
                    output(results), Map.of("chosenRewards", results[3], "rejectedRewards", results[4]));
        }
    }

    /** The same in one loop over Java numbers, for few pairs. */
    private LossGradients inJava(RewardPairs pairs) {
        double[] c = Tensors.toDoubles(pairs.chosenRewards());
        double[] r = Tensors.toDoubles(pairs.rejectedRewards());
        NDArray margin = pairs.margin();
        double @Nullable [] margins = margin == null ? null : Tensors.toDoubles(margin);
        int n = c.length;
        double[] losses = new double[n];
        double loss = 0;
        double accuracy = 0;
        double ahead = 0;
        double total = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double chosen = c[i];
            double rejected = r[i];
            double d = chosen - rejected;
            accuracy += d > 0 ? 1 : 0;
            ahead += d;
            total += chosen + rejected;
            low = Math.min(low, Math.min(chosen, rejected));
            high = Math.max(high, Math.max(chosen, rejected));
            d -= margins == null ? 0 : margins[i];
            double sum = chosen + rejected;
            Logistic.Point point = Logistic.at(-d);
            losses[i] = point.softplus() + centerRewardsCoefficient * sum * sum;
            loss += losses[i];
            double up = -point.sigmoid() / n;
            double pull = 2 * centerRewardsCoefficient / n * sum;
            c[i] = up + pull;
            r[i] = -up + pull;
        }
        NDArray like = pairs.chosenRewards();
        double[] metrics = {accuracy / n, ahead / n, low, total / (2 * n), high};
        NDArray[] results = {
            Tensors.scalar(like, loss / n),
            Tensors.vector(like, losses),
            Tensors.vector(like, metrics),
            Tensors.vector(like, c),
            Tensors.vector(like, r)
        };
        return new LossGradients(output(results), Map.of("chosenRewards", results[3], "rejectedRewards", results[4]));
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
