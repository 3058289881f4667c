package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * Supervised fine-tuning in which every sequence counts the same, however long. Zhang et al. 2024 (FLR): the
 * mask marks the user's feedback, which with roles swapped follows the assistant's answer.
 *
 * <p>The mean over sequences of {@code sum(-logps) / count} over counted tokens, without the epsilon and the empty rows
 * that {@link NegativeLogLikelihood} with sequence means allows. {@code losses} (B) are those of the sequences. Metric:
 * {@code nll_loss}. Rejects a sequence that counts no token.
 *
 * <pre>{@code
 * var batch = new TokenLogps(
 *         nd.create(new float[][] {{-1, -2, 0}, {-4, 0, 0}}),
 *         nd.create(new float[][] {{1, 1, 0}, {1, 0, 0}}));
 * new SequenceNegativeLogLikelihood().loss(batch).losses()
 * // => ND: (2) cpu() float32 [1.5, 4.]
 * new SequenceNegativeLogLikelihood().loss(batch).loss() // a mean over tokens would be 7/3
 * // => ND: () cpu() float32 2.75
 * new SequenceNegativeLogLikelihood().lossAndGradients(batch).of("logps")
 * // => ND: (2, 3) cpu() float32 [[-0.25, -0.25, -0.], [-0.5, -0., -0.]]
 * }</pre>
 */
public record SequenceNegativeLogLikelihood() implements Loss<TokenLogps> {

    private static final String PRELUDE = """
              counted = torch.ne(mask, 0)
              kept = torch.where(counted, logps, torch.zeros_like(logps))
              m = torch.type_as(counted, logps)
              n = torch.sum(m, [-1])
              losses = torch.neg(torch.div(torch.sum(kept, [-1]), n))
              loss = torch.mean(losses)
              metrics = torch.reshape(torch.clone(torch.detach(loss)), [1])
            """;

    private static final Script LOSS = Script.of("def loss(self, logps: Tensor, mask: Tensor) -> List[Tensor]:\n"
            + PRELUDE + "  return [loss, losses, metrics]\n");

    private static final Script GRADIENTS =
            Script.of("def gradients(self, logps: Tensor, mask: Tensor) -> List[Tensor]:\n" + PRELUDE + """
              g = torch.neg(torch.div(m, torch.mul(torch.unsqueeze(n, -1), torch.numel(n))))
              return [loss, losses, metrics, g]
            """);

    @Override
    public LossOutput loss(TokenLogps batch) {
        check(batch);
        return output(LOSS.callMany(batch.logps(), batch.mask()));
    }

    @Override
    public LossGradients lossAndGradients(TokenLogps batch) {
        check(batch);
        NDArray[] results = GRADIENTS.callMany(batch.logps(), batch.mask());
        return new LossGradients(output(results), Map.of("logps", results[3]));
    }

    private static void check(TokenLogps batch) {
        batch.check();
        try (Scope scope = Scope.open()) {
            NDArray ones = batch.mask().toType(batch.logps().getDataType(), false);
            double[] counts = Tensors.toDoubles(Masked.sumRows(ones, batch.mask()));
            for (int b = 0; b < counts.length; b++) {
                if (counts[b] == 0) {
                    throw Check.failure("mask", "a counted token in each row", "none in row " + b);
                }
            }
        }
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(List.of("nll_loss"), results[2]));
    }
}
