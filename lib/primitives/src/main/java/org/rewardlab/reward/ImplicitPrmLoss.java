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
 * Trains a language model on outcomes so that its log-ratio to a reference is a process reward. Yuan et al. 2024 (implicit PRM), eq.
 * 5; Cui et al. 2025 (PRIME), eq. 5.
 *
 * <p>{@code s = beta * sum of (logps - refLogps)} over the counted tokens of a row, not divided by their number; the loss is the mean
 * binary cross-entropy of {@code sigmoid(s)} with the outcome. No gradient reaches the reference; that of a token is {@code beta
 * (sigmoid(s) - outcome) / B}. At the reference every score is 0 and the loss log 2. What each token earned is {@link
 * org.rewardlab.credit.ImplicitReward}.
 *
 * <p>Metrics: {@code accuracy}, how often a score has the side of its outcome (0.5 and 0 are on neither), and {@code mean_reward}, the
 * mean score.
 *
 * @param beta scale of the log-ratio, above 0; 0.05 is usual
 */
public record ImplicitPrmLoss(double beta) implements RewardModelLoss<OutcomeLogps> {

    private static final List<String> METRICS = List.of("accuracy", "mean_reward");

    private static final String SIGNATURE =
            "(self, logps: Tensor, ref: Tensor, mask: Tensor, outcomes: Tensor, beta: float) -> List[Tensor]:\n";

    private static final String BODY = """
              d = torch.where(mask != 0, logps - torch.detach(ref), torch.zeros_like(logps))
              s = beta * torch.sum(d, [-1])
              y = torch.type_as(torch.detach(outcomes), logps)
              losses = -y * torch.log_sigmoid(s) - (1. - y) * torch.log_sigmoid(-s)
              loss = torch.mean(losses)
              score = torch.detach(s)
              right = torch.mean(torch.type_as(score * (y - 0.5) > 0, score))
              metrics = torch.stack([right, torch.mean(score)], 0)
            """;

    private static final Script LOSS = Script.of("def loss" + SIGNATURE + BODY + "  return [loss, losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + BODY + """
              m = torch.type_as(mask != 0, logps)
              slope = torch.unsqueeze((beta / torch.numel(s)) * (torch.sigmoid(s) - y), -1) * m
              return [loss, losses, metrics, slope]
            """);

    private static final Script SCORES = Script.of("def scores" + SIGNATURE + BODY + "  return [score]\n");

    public ImplicitPrmLoss {
        Check.positive("beta", beta);
    }

    /** With beta 0.05. */
    public ImplicitPrmLoss() {
        this(0.05);
    }

    @Override
    public LossOutput loss(OutcomeLogps responses) {
        return output(run(LOSS, responses));
    }

    @Override
    public LossGradients lossAndGradients(OutcomeLogps responses) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(GRADIENTS, responses);
            return new LossGradients(output(results), Map.of("logps", results[3]));
        }
    }

    /** The score of each response (B), constant: what the model takes for the logit of success. */
    public NDArray scores(OutcomeLogps responses) {
        try (GradientMode mode = GradientMode.paused()) {
            return run(SCORES, responses)[0];
        }
    }

    private NDArray[] run(Script script, OutcomeLogps r) {
        r.check();
        return script.callMany(r.logps(), r.refLogps(), r.mask(), r.outcomes(), beta);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
