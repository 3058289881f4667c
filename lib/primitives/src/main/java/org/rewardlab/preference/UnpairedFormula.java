package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * The formula that losses on single responses share: with the reward {@code beta u}, less a shift, and the sign s of the
 * label, {@code sigmoid(-s x)} or {@code -log sigmoid(s x)}, times a weight for each kind.
 *
 * @param logistic which of the two
 * @param beta scale of the reward
 * @param desirableWeight of responses labelled 1
 * @param undesirableWeight of responses labelled 0
 * @param minDensityRatio bound on the odds that undesirable ones are weighted by, where probabilities are given
 * @param maxDensityRatio the other bound
 * @param shiftName what the shift is called among the metrics
 */
record UnpairedFormula(
        boolean logistic,
        double beta,
        double desirableWeight,
        double undesirableWeight,
        double minDensityRatio,
        double maxDensityRatio,
        String shiftName) {

    private static final String SIGNATURE =
            "(self, logps: Tensor, ref: Tensor, labels: Tensor, kl: List[Tensor], density: List[Tensor],"
                    + " logistic: bool, beta: float, shift: float, good: float, bad: float, low: float, high: float)"
                    + " -> List[Tensor]:\n";

    private static final String PRELUDE = """
              desirable = torch.ne(labels, 0)
              y = torch.type_as(desirable, logps)
              sign = torch.sub(torch.mul(y, 2.), 1.)
              rewards = torch.mul(torch.sub(logps, ref), beta)
              point = torch.full_like(torch.detach(torch.sum(rewards)), shift)
              scale = 1.
              if len(kl) > 0:
                point = torch.detach(torch.relu(torch.mean(torch.sub(kl[0], kl[1]))))
                scale = beta
              x = torch.mul(sign, torch.sub(rewards, torch.mul(point, scale)))
              weights = torch.add(torch.mul(y, good), torch.mul(torch.rsub(y, 1.), bad))
              if len(density) > 0:
                q = torch.where(desirable, torch.zeros_like(rewards), torch.type_as(torch.detach(density[0]), rewards))
                ratio = torch.clamp(torch.div(q, torch.add(torch.rsub(q, 1.), 1e-08)), low, high)
                weights = torch.where(desirable, weights, torch.mul(weights, ratio))
              if logistic:
                losses = torch.neg(torch.mul(torch.log_sigmoid(x), weights))
              else:
                losses = torch.mul(torch.sigmoid(torch.neg(x)), weights)
              w = torch.detach(rewards)
              p = torch.detach(logps)
              n = torch.sum(y)
              m = torch.sum(torch.rsub(y, 1.))
              wc = torch.div(torch.sum(torch.mul(w, y)), n)
              wr = torch.div(torch.sum(torch.mul(w, torch.rsub(y, 1.))), m)
              pc = torch.div(torch.sum(torch.mul(p, y)), n)
              pr = torch.div(torch.sum(torch.mul(p, torch.rsub(y, 1.))), m)
              metrics = torch.stack([wc, wr, torch.sub(wc, wr), pc, pr, torch.type_as(point, w)], 0)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = torch.mul(torch.mul(torch.sigmoid(torch.neg(x)), sign), weights)
              if not logistic:
                g = torch.mul(g, torch.sigmoid(x))
              return [torch.mean(losses), losses, metrics, torch.mul(g, -beta / torch.numel(x))]
            """);

    /** The loss around a given reward, or around the estimated KL divergence where mismatched responses are given. */
    LossOutput loss(UnpairedLogps responses, double shift, NDArray[] mismatched) {
        return output(run(LOSS, responses, shift, mismatched));
    }

    LossGradients lossAndGradients(UnpairedLogps responses, double shift, NDArray[] mismatched) {
        NDArray[] results = run(GRADIENTS, responses, shift, mismatched);
        return new LossGradients(output(results), Map.of("logps", results[3]));
    }

    private NDArray[] run(Script script, UnpairedLogps responses, double shift, NDArray[] mismatched) {
        return script.callMany(
                responses.logps(),
                responses.refLogps(),
                responses.labels(),
                mismatched,
                logistic ? responses.probabilities() : new NDArray[0],
                logistic,
                beta,
                shift,
                desirableWeight,
                undesirableWeight,
                minDensityRatio,
                maxDensityRatio);
    }

    private LossOutput output(NDArray[] results) {
        List<String> names = List.of(
                "rewards/chosen", "rewards/rejected", "rewards/margins", "logps/chosen", "logps/rejected", shiftName);
        return new LossOutput(results[0], results[1], new Metrics(names, results[2]));
    }
}
