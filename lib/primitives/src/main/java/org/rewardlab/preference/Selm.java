package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Script;

/**
 * Online DPO that explores: beside the preference loss, a term that makes the responses of the previous policy less likely, and
 * so moves mass to what has not been tried. Zhang et al. 2024 (SELM), eq. 11.
 *
 * <p>{@code -log sigmoid(z) + alpha beta (y - refY)} with {@code z = beta ((chosen - refChosen) - (rejected - refRejected))} and
 * the log-probabilities y of the previous policy's own response. It is what optimism about the rewards of unseen responses turns
 * into under DPO's parametrization. The derivative with respect to y is {@code alpha beta / B} whatever the data; alpha = 0 is
 * online {@link Dpo}; at policy = reference the loss is log 2 for any alpha. {@link Xpo} has the like term for the responses of
 * the reference. Metrics: those of {@link PreferenceLoss}, {@code loss/dpo} and {@code loss/exploration}, its two parts. Weights,
 * lengths and likelihood of the pairs are not read.
 *
 * <pre>{@code
 * var chosen = nd.create(new float[] {-10});
 * var refChosen = nd.create(new float[] {-11});
 * var pairs = new PairLogps(chosen, nd.create(new float[] {-14}), refChosen, nd.create(new float[] {-13})); // z = 1
 * var explored = new ExploredPairs(pairs, chosen, refChosen); // the policy's own response was the chosen one
 * new Selm(0.5, 0).loss(explored).loss()
 * // => ND: () cpu() float32 0.3133
 * new Selm(0.5, 0.2).loss(explored).loss()
 * // => ND: () cpu() float32 0.4133
 * new Selm(0.5, 0.2).lossAndGradients(explored).of("chosenLogps")   // the two add up
 * // => ND: (1) cpu() float32 [-0.1345]
 * new Selm(0.5, 0.2).lossAndGradients(explored).of("responseLogps")
 * // => ND: (1) cpu() float32 [0.1]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0; the paper takes 0.01
 * @param alpha strength of exploration, at least 0; the paper takes 0.001 and 0.0001
 */
public record Selm(double beta, double alpha) implements OnlinePreferenceLoss<ExploredPairs> {

    private static final String SIGNATURE =
            "(self, pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, py: Tensor, ry: Tensor, beta: float,"
                    + " alpha: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              wc = beta * (pc - torch.detach(rc))
              wr = beta * (pr - torch.detach(rr))
              z = wc - wr
              preference = -torch.log_sigmoid(z)
              bonus = alpha * beta * (py - torch.detach(ry))
              losses = preference + bonus
              more = torch.detach(torch.stack([torch.mean(preference), torch.mean(bonus)], 0))
              metrics = torch.cat([self.metrics(wc, wr, pc, pr), more], 0)
            """;

    private static final Script LOSS = Script.of(
            "def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n" + PairMetrics.SOURCE);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              n = torch.numel(z)
              g = torch.sigmoid(-z) * (beta / n)
              return [torch.mean(losses), losses, metrics, -g, g, torch.full_like(py, alpha * beta / n)]
            """ + PairMetrics.SOURCE);

    public Selm {
        Check.positive("beta", beta);
        Check.notNegative("alpha", alpha);
    }

    @Override
    public LossOutput loss(ExploredPairs pairs) {
        return output(run(LOSS, pairs));
    }

    /** {@inheritDoc} In closed form. */
    @Override
    public LossGradients lossAndGradients(ExploredPairs pairs) {
        NDArray[] results = run(GRADIENTS, pairs);
        Map<String, NDArray> gradients = PairFormula.byName(pairs.pairs(), results);
        gradients.put("responseLogps", results[5]);
        return new LossGradients(output(results), gradients);
    }

    private NDArray[] run(Script script, ExploredPairs pairs) {
        NDArray[] in = pairs.checked();
        return script.callMany(in[0], in[1], in[2], in[3], in[4], in[5], beta, alpha);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], PairMetrics.of(results[2], "loss/dpo", "loss/exploration"));
    }
}
