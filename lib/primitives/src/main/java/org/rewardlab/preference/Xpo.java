package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Script;

/**
 * Exploratory preference optimization: online {@link Dpo} against samples of the reference, with a bonus for moving
 * away from what the reference would have said. Xie et al. 2024, algorithm 1.
 *
 * <p>With the difference delta of the summed log-ratios of chosen and rejected: {@code -log sigmoid(beta delta)} or
 * {@code (delta - 1/(2 beta))^2}, plus {@code alpha} times the summed log-probability of the reference's response under
 * the policy. With alpha = 0 it is online DPO or {@link Ipo}. Metrics {@code loss/dpo} and {@code loss/xpo}, the two
 * parts, stand beside the usual ones.
 *
 * <pre>{@code
 * var mine = nd.create(new float[][] {{-1, -1}});       // the policy's sample, scored by the policy
 * var theirs = nd.create(new float[][] {{-2, -1}});     // the reference's sample, scored by the policy
 * var zero = nd.create(new float[][] {{-1.5f, -1}});    // both scored by the reference
 * var samples = new OnlinePairs(mine, theirs, zero, zero, nd.create(new float[] {1}));
 * new Xpo(0.5, 0).loss(samples).loss()          // log-ratios 0.5 and -0.5: online DPO at z = 0.5
 * // => ND: () cpu() float32 0.4741
 * new Xpo(0.5, 0.1).loss(samples).loss()        // 0.1 times -3 less: explore away from the reference's sample
 * // => ND: () cpu() float32 0.1741
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param alpha weight of the bonus, at least 0; 1e-5 is usual
 * @param kind which loss
 */
public record Xpo(double beta, double alpha, Kind kind) implements OnlinePreferenceLoss<OnlinePairs> {

    /** The losses by which the difference is judged. */
    public enum Kind {
        /** As in {@link Dpo}. */
        SIGMOID,
        /** As in {@link Ipo}, on sums. */
        IPO
    }

    private static final String SIGNATURE =
            "(self, pm: Tensor, pf: Tensor, rm: Tensor, rf: Tensor, first: Tensor, square: bool, beta: float,"
                    + " alpha: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              model = torch.sum(pm - rm, [1])
              other = torch.sum(pf - rf, [1])
              chosen_first = first != 0
              c = torch.where(chosen_first, model, other)
              r = torch.where(chosen_first, other, model)
              delta = c - r
              if square:
                preference = (delta - 0.5 / beta) ** 2
              else:
                preference = -torch.log_sigmoid(beta * delta)
              sm = torch.sum(pm, [1])
              sf = torch.sum(pf, [1])
              bonus = alpha * sf
              losses = preference + bonus
              pc = torch.where(chosen_first, sm, sf)
              pr = torch.where(chosen_first, sf, sm)
              more = torch.stack([torch.mean(preference), torch.mean(bonus)], 0)
              metrics = torch.cat([self.metrics(beta * c, beta * r, pc, pr), torch.detach(more)], 0)
            """;

    private static final Script LOSS = Script.of(
            "def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n" + PairMetrics.SOURCE);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              n = torch.numel(delta)
              if square:
                g = 2. * (delta - 0.5 / beta) / n
              else:
                g = -beta * torch.sigmoid(-beta * delta) / n
              g = torch.where(chosen_first, g, -g)
              gm = torch.full_like(pm, 1.) * torch.unsqueeze(g, 1)
              gf = torch.full_like(pf, 1.) * torch.unsqueeze(alpha / n - g, 1)
              return [torch.mean(losses), losses, metrics, gm, gf]
            """ + PairMetrics.SOURCE);

    public Xpo {
        Check.positive("beta", beta);
        Check.notNegative("alpha", alpha);
    }

    /** The logistic loss. */
    public Xpo(double beta, double alpha) {
        this(beta, alpha, Kind.SIGMOID);
    }

    @Override
    public LossOutput loss(OnlinePairs pairs) {
        return output(run(LOSS, pairs));
    }

    @Override
    public LossGradients lossAndGradients(OnlinePairs pairs) {
        NDArray[] results = run(GRADIENTS, pairs);
        return new LossGradients(output(results), Map.of("policyOnModel", results[3], "policyOnReference", results[4]));
    }

    private NDArray[] run(Script script, OnlinePairs pairs) {
        pairs.check();
        return script.callMany(
                pairs.policyOnModel(),
                pairs.policyOnReference(),
                pairs.refOnModel(),
                pairs.refOnReference(),
                pairs.modelIsChosen(),
                kind == Kind.IPO,
                beta,
                alpha);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], PairMetrics.of(results[2], "loss/dpo", "loss/xpo"));
    }
}
