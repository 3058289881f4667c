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
 * Nash mirror descent: policy gradient on the probability of beating a geometric mixture of policy and reference, with
 * a KL penalty; it moves towards a policy that no other beats. Munos et al. 2023, algorithm Nash-MD-PG.
 *
 * <p>{@code beta sum_t sg[lp - ref] lp - (P - 1/2) sum_t lp} with the token log-probabilities lp and the win
 * probability P. Only the gradient means something. Metrics: {@code loss/kl} and {@code loss/score}, the two parts, and
 * {@code kl}, the mean summed log-ratio.
 *
 * <pre>{@code
 * var logps = nd.create(new float[][] {{-1, -2}});
 * var reference = nd.create(new float[][] {{-1.5f, -2}});
 * var samples = new JudgedSamples(logps, reference, nd.create(new float[] {0.75f}));
 * new NashMd(0.1).lossAndGradients(samples).of("logps")   // beta (lp - ref) - (P - 1/2)
 * // => ND: (1, 2) cpu() float32 [[-0.2, -0.25]]
 * }</pre>
 *
 * @param beta weight of the KL divergence, above 0
 */
public record NashMd(double beta) implements OnlinePreferenceLoss<JudgedSamples> {

    private static final String SIGNATURE =
            "(self, logps: Tensor, ref: Tensor, win: Tensor, beta: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              ratio = torch.detach(logps - ref)
              lead = torch.type_as(torch.detach(win), logps) - 0.5
              penalty = beta * torch.sum(ratio * logps, [1])
              score = -lead * torch.sum(logps, [1])
              losses = penalty + score
              metrics = torch.stack([torch.mean(torch.detach(penalty)), torch.mean(torch.detach(score)), torch.mean(torch.sum(ratio, [1]))], 0)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = (beta * ratio - torch.unsqueeze(lead, 1)) / torch.numel(lead)
              return [torch.mean(losses), losses, metrics, g]
            """);

    public NashMd {
        Check.positive("beta", beta);
    }

    @Override
    public LossOutput loss(JudgedSamples samples) {
        samples.check();
        return output(LOSS.callMany(samples.logps(), samples.refLogps(), samples.winProbability(), beta));
    }

    @Override
    public LossGradients lossAndGradients(JudgedSamples samples) {
        samples.check();
        NDArray[] results = GRADIENTS.callMany(samples.logps(), samples.refLogps(), samples.winProbability(), beta);
        return new LossGradients(output(results), Map.of("logps", results[3]));
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(List.of("loss/kl", "loss/score", "kl"), results[2]));
    }
}
