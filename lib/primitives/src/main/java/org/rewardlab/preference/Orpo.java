package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Odds ratio preference optimization: supervised fine-tuning that also turns the odds of the preferred against the
 * other response, without a reference. Hong et al. 2024, eq. 6 and 7.
 *
 * <p>{@code nll - beta mean log sigmoid(log odds ratio)}, where the odds of a response are {@code p / (1-p)} with the
 * geometric mean p of its token probabilities. The likelihood {@link PairLogps#nll()} is required and covers prompt and
 * preferred response. {@code losses} are those of the odds ratio alone; metrics {@code log_odds_ratio} (the mean log
 * sigmoid), {@code log_odds_chosen} (the mean log odds ratio) and {@code nll_loss} stand beside the usual ones.
 *
 * <p>Rejected: log-probabilities per token of 0 or more, for which odds do not exist.
 *
 * <pre>{@code
 * var perToken = new PairLogps(nd.create(new float[] {-0.5f, -1}), nd.create(new float[] {-2, -0.5f}));
 * var orpo = new Orpo(0.1).loss(perToken.withNll(nd.create(0.75f)));
 * orpo.losses()
 * // => ND: (2) cpu() float32 [0.0097, 0.1294]
 * orpo.metrics().get("log_odds_chosen")
 * // => 0.6566308736801147
 * }</pre>
 *
 * @param beta weight of the odds ratio, above 0; 0.1 is usual
 */
public record Orpo(double beta) implements PreferenceLoss {

    private static final String SIGNATURE =
            "(self, pc: Tensor, pr: Tensor, lengths: List[Tensor], weights: List[Tensor], nll: Tensor, beta: float)"
                    + " -> List[Tensor]:\n";

    private static final String PRELUDE = """
              c = pc
              r = pr
              if len(lengths) > 0:
                c = pc / torch.type_as(lengths[0], pc)
                r = pr / torch.type_as(lengths[1], pr)
              odds = c - r - (self.log1mexp(c) - self.log1mexp(r))
              ratio = torch.log_sigmoid(odds)
              losses = -beta * ratio
              share = torch.full_like(losses, 1.)
              if len(weights) > 0:
                share = torch.type_as(torch.detach(weights[0]), losses)
                losses = losses * share
              loss = torch.mean(losses) + nll
              more = torch.stack([torch.mean(ratio), torch.mean(odds), torch.type_as(nll, losses)], 0)
              metrics = torch.cat([self.metrics(beta * c, beta * r, pc, pr), torch.detach(more)], 0)
            """;

    private static final String METHODS = """

            def log1mexp(self, x: Tensor) -> Tensor:
              unlikely = x < -0.6931471805599453
              low = torch.where(unlikely, x, torch.full_like(x, -1.))
              high = torch.where(unlikely, torch.full_like(x, -0.5), x)
              return torch.where(unlikely, torch.log1p(-torch.exp(low)), torch.log(-torch.expm1(high)))
            """ + PairMetrics.SOURCE;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, metrics]\n" + METHODS);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = torch.sigmoid(-odds) * share * beta / torch.numel(odds)
              gc = g / torch.expm1(c)
              gr = -g / torch.expm1(r)
              if len(lengths) > 0:
                gc = gc / torch.type_as(lengths[0], gc)
                gr = gr / torch.type_as(lengths[1], gr)
              return [loss, losses, metrics, gc, gr, torch.full_like(nll, 1.)]
            """ + METHODS);

    private static final Script REWARD = Script.of("""
            def reward(self, logps: Tensor, lengths: List[Tensor], beta: float) -> Tensor:
              x = torch.detach(logps)
              if len(lengths) > 0:
                x = x / torch.type_as(lengths[0], x)
              return beta * x
            """);

    public Orpo {
        Check.positive("beta", beta);
    }

    /** The rewards that are logged, {@code beta} times the log-probabilities per token. */
    public ImplicitRewards rewards(PairLogps pairs) {
        NDArray[] logps = pairs.withoutReference();
        NDArray[] lengths = pairs.lengths();
        NDArray[] none = {};
        return new ImplicitRewards(
                REWARD.call(logps[0], lengths.length > 0 ? new NDArray[] {lengths[0]} : none, beta),
                REWARD.call(logps[1], lengths.length > 0 ? new NDArray[] {lengths[1]} : none, beta));
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        return output(run(LOSS, pairs));
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        NDArray[] results = run(GRADIENTS, pairs);
        return new LossGradients(
                output(results), Map.of("chosenLogps", results[3], "rejectedLogps", results[4], "nll", results[5]));
    }

    private NDArray[] run(Script script, PairLogps pairs) {
        NDArray[] logps = pairs.withoutReference();
        ValueCheck.of()
                .below("chosenLogps", logps[0], 0)
                .below("rejectedLogps", logps[1], 0)
                .run();
        Check.present("nll", pairs.nll(), "the odds ratio loss");
        NDArray nll = pairs.imitation()[0];
        return script.callMany(logps[0], logps[1], pairs.lengths(), pairs.pairWeights(), nll, beta);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(
                results[0], results[1], PairMetrics.of(results[2], "log_odds_ratio", "log_odds_chosen", "nll_loss"));
    }
}
