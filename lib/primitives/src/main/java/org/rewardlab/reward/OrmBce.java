package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * The loss of an outcome reward model: binary cross-entropy at each token with the verdict on the whole response. Cobbe
 * et al. 2021.
 *
 * <p>{@code max(z,0) - z y + log(1 + exp(-|z|))}, the mean over counted tokens; what stands outside the mask, NaN
 * included, counts in neither value nor gradient. Metric {@code accuracy}: how often the sign of the logit is that of
 * the label (0 is wrong on both sides).
 *
 * <pre>{@code
 * var logits = nd.create(new float[][] {{0, 2}, {0, -2}});
 * var labels = nd.create(new float[][] {{1, 1}, {0, 0}});
 * new OrmBce().loss(new TokenLabels(logits, labels, nd.create(new float[][] {{1, 1}, {1, 1}}))).losses()
 * // => ND: (2, 2) cpu() float32 [[0.6931, 0.1269], [0.6931, 0.1269]]
 * }</pre>
 */
public record OrmBce() implements RewardModelLoss<TokenLabels> {

    private static final String SIGNATURE = "(self, logits: Tensor, labels: Tensor, mask: Tensor) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              counted = mask != 0
              zero = torch.zeros_like(logits)
              z = torch.where(counted, logits, zero)
              y = torch.where(counted, torch.type_as(torch.detach(labels), logits), zero)
              m = torch.type_as(counted, logits)
              losses = m * (-y * torch.log_sigmoid(z) - (1. - y) * torch.log_sigmoid(-z))
              n = torch.sum(m)
              loss = torch.sum(losses) / n
              accuracy = torch.sum(m * torch.type_as((2. * y - 1.) * torch.detach(z) > 0, m)) / n
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, torch.reshape(accuracy, [1])]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE
            + "  return [loss, losses, torch.reshape(accuracy, [1]), m * (torch.sigmoid(z) - y) / n]\n");

    @Override
    public LossOutput loss(TokenLabels tokens) {
        tokens.check();
        return output(LOSS.callMany(tokens.logits(), tokens.labels(), tokens.mask()));
    }

    @Override
    public LossGradients lossAndGradients(TokenLabels tokens) {
        tokens.check();
        NDArray[] results = GRADIENTS.callMany(tokens.logits(), tokens.labels(), tokens.mask());
        return new LossGradients(output(results), Map.of("logits", results[3]));
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(List.of("accuracy"), results[2]));
    }
}
