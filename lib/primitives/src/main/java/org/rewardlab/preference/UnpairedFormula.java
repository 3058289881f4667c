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
              desirable = labels != 0
              y = torch.type_as(desirable, logps)
              sign = 2. * y - 1.
              rewards = beta * (logps - ref)
              point = torch.full_like(torch.detach(torch.sum(rewards)), shift)
              x = sign * (rewards - point)
              if len(kl) > 0:
                point = torch.detach(torch.relu(torch.mean(kl[0] - kl[1])))
                x = sign * (rewards - beta * point)
              weights = good * y + bad * (1. - y)
              if len(density) > 0:
                q = torch.where(desirable, torch.zeros_like(rewards), torch.type_as(torch.detach(density[0]), rewards))
                weights = torch.where(desirable, weights, weights * torch.clamp(q / (1. - q + 1e-08), low, high))
              if logistic:
                losses = -weights * torch.log_sigmoid(x)
              else:
                losses = weights * torch.sigmoid(-x)
              wc = self.over(rewards, y)
              wr = self.over(rewards, 1. - y)
              metrics = torch.stack([wc, wr, wc - wr, self.over(logps, y), self.over(logps, 1. - y), torch.type_as(point, wc)], 0)
            """;

    private static final String OVER = """

            def over(self, values: Tensor, kind: Tensor) -> Tensor:
              return torch.sum(torch.detach(values) * kind) / torch.sum(kind)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n" + OVER);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = sign * weights * torch.sigmoid(-x)
              if not logistic:
                g = g * torch.sigmoid(x)
              return [torch.mean(losses), losses, metrics, g * -beta / torch.numel(x)]
            """ + OVER);

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
