package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * How far the judges inside one model are from saying the same, on pairs without a label. Zhou et al. 2025 (SCIR); the
 * exact loss is not public, four plausible ones are offered.
 *
 * <p>All are symmetric in the judges and under swapping the responses, and computed by log-sigmoids: values and gradients
 * stay finite at any logits. {@code losses} (B). Metrics: {@code agreement}, the share of pairs on which all judges are on
 * one side, and {@code confidence}, the mean probability of the side that a judge is on.
 *
 * <pre>{@code
 * var judges = new ModelLogits(nd.create(new float[][] {{2, 2, 0}, {2, -2, 0}})); // agree, disagree, undecided
 * new Consistency().loss(judges).losses()
 * // => ND: (3) cpu() float32 [0.3653, 1.8885, 0.6931]
 * new Consistency(Consistency.Kind.AGREEMENT_NLL).loss(judges).losses()
 * // => ND: (3) cpu() float32 [0.2357, 1.5607, 0.6931]
 * new Consistency(Consistency.Kind.JENSEN_SHANNON).loss(judges).losses().get(1) // 0 for the others
 * // => ND: () cpu() float32 0.3278
 * new Consistency(Consistency.Kind.CONSENSUS_CE).loss(judges).losses()
 * // => ND: (3) cpu() float32 [0.1269, 1.1269, 0.6931]
 * new Consistency().loss(judges).metrics().toMap()
 * // => {agreement=0.3333333432674408, confidence=0.7538647055625916}
 * }</pre>
 *
 * @param kind which loss
 */
public record Consistency(Kind kind) implements Loss<ModelLogits> {

    /** Losses on the probabilities p of M judges. */
    public enum Kind {
        /**
         * Mean over ordered pairs of judges of the cross-entropy of one relative to the other, {@code -p_i log p_j - (1-p_i)
         * log(1-p_j)}: entropy plus divergence, so it asks for agreement and for confidence. Gradients flow to both.
         */
        CROSS_ENTROPY(0),
        /** {@code -log(prod p_i + prod (1-p_i))}: the probability that independent judges agree. */
        AGREEMENT_NLL(1),
        /** Entropy of the mean minus mean of the entropies: agreement without confidence. */
        JENSEN_SHANNON(2),
        /** Mean cross-entropy to the side of the mean probability, a constant; a mean of 1/2 counts as the second side. */
        CONSENSUS_CE(3);

        final long code;

        Kind(long code) {
            this.code = code;
        }
    }

    /** Methods for scripts: the losses (B) of logits z (M,B), and their derivatives (M,B) by z. */
    static final String SOURCE = """

            def inconsistency(self, z: Tensor, kind: int) -> Tensor:
              m = torch.size(z, 0)
              up = torch.log_sigmoid(z)
              down = torch.log_sigmoid(-z)
              p = torch.sigmoid(z)
              q = torch.sigmoid(-z)
              if kind == 0:
                cross = torch.unsqueeze(p, 1) * torch.unsqueeze(up, 0) + torch.unsqueeze(q, 1) * torch.unsqueeze(down, 0)
                diagonal = torch.diagonal(cross, 0, 0, 1)
                losses = (torch.sum(diagonal, [-1]) - torch.sum(cross, [0, 1])) / (m * (m - 1))
              else:
                if kind == 1:
                  losses = -torch.logaddexp(torch.sum(up, [0]), torch.sum(down, [0]))
                else:
                  if kind == 2:
                    mean_up = torch.logsumexp(up, [0]) - torch.log(torch.full_like(up[0], m))
                    mean_down = torch.logsumexp(down, [0]) - torch.log(torch.full_like(up[0], m))
                    whole = torch.mean(p, [0]) * mean_up + torch.mean(q, [0]) * mean_down
                    losses = torch.mean(p * up + q * down, [0]) - whole
                  else:
                    y = torch.type_as(torch.mean(torch.detach(p), [0]) > 0.5, z)
                    losses = -torch.mean(y * up + (1. - y) * down, [0])
              return losses

            def slope(self, z: Tensor, kind: int) -> Tensor:
              m = torch.size(z, 0)
              p = torch.sigmoid(z)
              q = torch.sigmoid(-z)
              if kind == 0:
                others = torch.sum(z, [0], True) - z
                g = (m * p - torch.sum(p, [0], True) - p * q * others) / (m * (m - 1))
              else:
                if kind == 1:
                  g = p - torch.sigmoid(torch.sum(z, [0], True))
                else:
                  if kind == 2:
                    ratio = torch.logsumexp(torch.log_sigmoid(-z), [0], True) - torch.logsumexp(torch.log_sigmoid(z), [0], True)
                    g = p * q * (ratio + z) / m
                  else:
                    g = (p - torch.type_as(torch.mean(p, [0], True) > 0.5, z)) / m
              return g
            """;

    private static final String SIGNATURE = "(self, z: Tensor, kind: int) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              losses = self.inconsistency(z, kind)
              loss = torch.mean(losses)
              p = torch.sigmoid(torch.detach(z))
              one = torch.logical_or(torch.all(p > 0.5, 0), torch.all(p < 0.5, 0))
              metrics = torch.stack([torch.mean(torch.type_as(one, p)), torch.mean(torch.maximum(p, 1. - p))], 0)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, metrics]\n" + SOURCE);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE
            + "  return [loss, losses, metrics, self.slope(z, kind) / torch.numel(losses)]\n" + SOURCE);

    /** Mutual cross-entropy. */
    public Consistency() {
        this(Kind.CROSS_ENTROPY);
    }

    @Override
    public LossOutput loss(ModelLogits judges) {
        judges.check();
        return output(LOSS.callMany(judges.logits(), kind.code));
    }

    @Override
    public LossGradients lossAndGradients(ModelLogits judges) {
        judges.check();
        NDArray[] results = GRADIENTS.callMany(judges.logits(), kind.code);
        return new LossGradients(output(results), Map.of("logits", results[3]));
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(List.of("agreement", "confidence"), results[2]));
    }
}
