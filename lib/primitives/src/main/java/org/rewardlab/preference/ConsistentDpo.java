package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.select.ConsistentPreference;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * DPO on the pairs on which a model's own judges agree, plus a loss that makes them agree on all. Zhou et al. 2025 (SCIR);
 * the form of the loss is our reading.
 *
 * <p>The judges are {@link ImplicitPreference} z and the generative logits. With {@link ConsistentPreference} label and
 * keep of both, constants: {@code - sum keep log sigmoid(label z) / sum keep} (0 if nothing is kept) plus {@code
 * consistencyWeight} times {@link Consistency}. Swapping the two responses of a pair changes nothing; with weight 0
 * and every label 1 it is {@link Dpo}.
 *
 * <p>{@code losses} (B) are what each pair adds, with the loss as their mean. Metrics: {@code dpo_loss}, {@code
 * consistency_loss} without its weight, {@code kept}, the share of pairs that are kept. Rejects absent generative logits.
 *
 * <pre>{@code
 * var ref = nd.create(new float[] {-9, -9, -9});
 * var pairs = new UnlabelledPairs(
 *                 nd.create(new float[] {-8, -8, -10}), nd.create(new float[] {-10, -10, -8}), ref, ref)
 *         .withGenerativeLogits(nd.create(new float[] {1, -1, -1})); // z = 2, 2 and -2: the second pair is disputed
 * new ConsistentDpo(1).selection(pairs).keep()
 * // => ND: (3) cpu() float32 [1., 0., 1.]
 * new ConsistentDpo(1).selection(pairs).label()
 * // => ND: (3) cpu() float32 [1., 0., -1.]
 * new ConsistentDpo(1).loss(pairs).metrics().toMap()
 * // => {dpo_loss=0.12692801654338837, consistency_loss=0.829609215259552, kept=0.6666666865348816}
 * new ConsistentDpo(1, 0, Consistency.Kind.CROSS_ENTROPY, 0).lossAndGradients(pairs).of("logps1")
 * // => ND: (3) cpu() float32 [-0.0596, 0., 0.0596]
 * }</pre>
 *
 * @param beta scale of the log-ratios, above 0
 * @param consistencyWeight at least 0
 * @param kind of the consistency loss
 * @param margin by how much a probability must pass 1/2 to count, in [0, 0.5)
 */
public record ConsistentDpo(double beta, double consistencyWeight, Consistency.Kind kind, double margin)
        implements Loss<UnlabelledPairs> {

    private static final String SIGNATURE =
            "(self, a: Tensor, b: Tensor, ra: Tensor, rb: Tensor, lengths: List[Tensor], generative: Tensor, label: Tensor,"
                    + " keep: Tensor, beta: float, weight: float, kind: int) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              u = a - torch.detach(ra)
              v = b - torch.detach(rb)
              if len(lengths) > 0:
                u = u / torch.type_as(lengths[0], u)
                v = v / torch.type_as(lengths[1], v)
              z = beta * (u - v)
              share = keep / torch.clamp_min(torch.sum(keep), 1.)
              dpo = -torch.log_sigmoid(label * z) * share
              both = torch.stack([z, torch.type_as(generative, z)], 0)
              disagreement = self.inconsistency(both, kind)
              n = torch.numel(z)
              losses = dpo * n + weight * disagreement
              loss = torch.sum(dpo) + weight * torch.mean(disagreement)
              metrics = torch.detach(torch.stack([torch.sum(dpo), torch.mean(disagreement), torch.mean(keep)], 0))
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, metrics]\n" + Consistency.SOURCE);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = self.slope(both, kind) * (weight / n)
              gz = beta * (g[0] - label * torch.sigmoid(-label * z) * share)
              ga = gz
              gb = -gz
              if len(lengths) > 0:
                ga = ga / torch.type_as(lengths[0], ga)
                gb = gb / torch.type_as(lengths[1], gb)
              return [loss, losses, metrics, ga, gb, torch.clone(g[1])]
            """ + Consistency.SOURCE);

    private static final Script PROBABILITIES = Script.of("""
            def probabilities(self, p: Tensor, generative: Tensor) -> Tensor:
              return torch.detach(torch.stack([p, torch.sigmoid(torch.type_as(generative, p))], 0))
            """);

    public ConsistentDpo {
        Check.positive("beta", beta);
        Check.notNegative("consistencyWeight", consistencyWeight);
        Check.withinHalfOpen("margin", margin, 0, 0.5);
    }

    /** Mutual cross-entropy with weight 1, no margin. */
    public ConsistentDpo(double beta) {
        this(beta, 1, Consistency.Kind.CROSS_ENTROPY, 0);
    }

    @Override
    public LossOutput loss(UnlabelledPairs pairs) {
        try (Scope scope = Scope.open()) {
            return output(run(LOSS, pairs)).keptBy(scope);
        }
    }

    @Override
    public LossGradients lossAndGradients(UnlabelledPairs pairs) {
        try (Scope scope = Scope.open()) {
            NDArray[] results = run(GRADIENTS, pairs);
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            gradients.put("logps1", scope.keep(results[3]));
            gradients.put("logps2", scope.keep(results[4]));
            gradients.put("generativeLogits", scope.keep(results[5]));
            return new LossGradients(output(results).keptBy(scope), gradients);
        }
    }

    /** Which pairs both judges agree on, and how. */
    public ConsistentPreference selection(UnlabelledPairs pairs) {
        NDArray generative = Check.present("generativeLogits", pairs.generativeLogits(), "a second judge");
        try (Scope scope = Scope.open()) {
            NDArray implicit = ImplicitPreference.of(pairs, beta).probability();
            ConsistentPreference selected = ConsistentPreference.of(PROBABILITIES.call(implicit, generative), margin);
            return new ConsistentPreference(scope.keep(selected.label()), scope.keep(selected.keep()));
        }
    }

    private NDArray[] run(Script script, UnlabelledPairs pairs) {
        ConsistentPreference selected = selection(pairs);
        return script.callMany(
                pairs.logps1(),
                pairs.logps2(),
                pairs.refLogps1(),
                pairs.refLogps2(),
                pairs.lengths(),
                Check.present("generativeLogits", pairs.generativeLogits(), "a second judge"),
                selected.label(),
                selected.keep(),
                beta,
                consistencyWeight,
                kind.code);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(
                results[0], results[1], new Metrics(List.of("dpo_loss", "consistency_loss", "kept"), results[2]));
    }
}
