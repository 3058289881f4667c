package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * The loss of a process reward model: cross-entropy at the tokens that end a step. Uesato et al. 2022; Lightman et al.
 * 2023.
 *
 * <p>The mean over all labelled tokens of the batch; a sequence without any adds nothing. {@code losses} (B,T) are 0 at
 * other tokens, whose logits, NaN included, count in neither value nor gradient. Metric {@code accuracy}: how often the
 * largest logit (the first of equal ones) is that of the label.
 *
 * <pre>{@code
 * var logits = nd.create(new float[] {0, 0, 0, 2, 0, 0}, new Shape(1, 3, 2));    // wrong, right at each token
 * var labels = nd.create(new long[] {-100, 1, -100}, new Shape(1, 3));           // the second ends a step
 * new PrmTokenLoss().loss(new StepLogits(logits, labels)).loss()
 * // => ND: () cpu() float32 0.1269
 * }</pre>
 */
public record PrmTokenLoss() implements RewardModelLoss<StepLogits> {

    private static final String SIGNATURE = "(self, logits: Tensor, labels: Tensor) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              step = labels != -100
              wide = torch.unsqueeze(step, -1)
              kept = torch.where(wide, logits, torch.zeros_like(logits))
              ids = torch.to(labels, 4)
              index = torch.unsqueeze(torch.where(step, ids, torch.zeros_like(ids)), -1)
              logp = torch.log_softmax(kept, -1)
              y = torch.type_as(step, kept)
              losses = -torch.squeeze(torch.gather(logp, -1, index), -1) * y
              n = torch.sum(y)
              hit = torch.argmax(torch.detach(kept), -1) == torch.squeeze(index, -1)
              accuracy = torch.sum(torch.type_as(hit, y) * y) / n
              loss = torch.sum(losses) / n
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, torch.reshape(accuracy, [1])]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              one_hot = torch.scatter(torch.zeros_like(logp), -1, index, 1.)
              g = (torch.exp(logp) - one_hot) * torch.type_as(wide, logp) / n
              return [loss, losses, torch.reshape(accuracy, [1]), g]
            """);

    @Override
    public LossOutput loss(StepLogits steps) {
        steps.check();
        return output(LOSS.callMany(steps.logits(), steps.labels()));
    }

    @Override
    public LossGradients lossAndGradients(StepLogits steps) {
        steps.check();
        NDArray[] results = GRADIENTS.callMany(steps.logits(), steps.labels());
        return new LossGradients(output(results), Map.of("logits", results[3]));
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(List.of("accuracy"), results[2]));
    }
}
