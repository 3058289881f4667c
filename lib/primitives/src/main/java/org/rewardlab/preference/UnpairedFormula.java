package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Logistic;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * The formula that losses on single responses share: with the reward {@code beta u}, less a shift, and the sign s of
 * the label, {@code sigmoid(-s x)} or {@code -log sigmoid(s x)}, times a weight for each kind.
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
              y = torch.type_as(labels, logps)
              o = torch.rsub(y, 1)
              sign = y - o
              scale = torch.new_full(y, [], beta)
              rewards = (logps - ref) * scale
              if len(kl) > 0:
                point = torch.detach(torch.relu(torch.mean(kl[0] - kl[1])))
                x = sign * (rewards - point * scale)
              else:
                point = torch.new_full(rewards, [], shift)
                x = sign * (rewards - shift)
              if good == bad:
                weights = torch.new_full(y, torch.size(y), good)
              else:
                weights = good * y + bad * o
              if len(density) > 0:
                q = torch.where(y > 0, torch.zeros_like(rewards), torch.type_as(torch.detach(density[0]), rewards))
                weights = torch.where(y > 0, weights, weights * torch.clamp(q / (1. - q + 1e-08), low, high))
              s = torch.sigmoid(-x)
              if logistic:
                losses = -weights * torch.log_sigmoid(x)
              else:
                losses = weights * s
              loss = torch.mean(losses)
              rows = torch.detach(torch.stack([rewards * y, rewards * o, logps * y, logps * o, y, o], 0))
              sums = torch.sum(rows, [1])
              means = torch.slice(sums, 0, 0, 4) / torch.repeat(torch.slice(sums, 0, 4, 6), [2])
              margin = torch.slice(means, 0, 0, 1) - torch.slice(means, 0, 1, 2)
              shown = torch.reshape(torch.type_as(point, means), [1])
              metrics = torch.cat([torch.slice(means, 0, 0, 2), margin, torch.slice(means, 0, 2, 4), shown], 0)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              share = sign * torch.new_full(y, [], -beta / torch.numel(x))
              if logistic:
                g = weights * s * share
              else:
                g = (losses - losses * s) * share
              return [loss, losses, metrics, g]
            """);

    /** The loss around a given reward, or around the estimated KL divergence where mismatched responses are given. */
    LossOutput loss(UnpairedLogps responses, double shift, NDArray[] mismatched) {
        return output(run(LOSS, responses, shift, mismatched));
    }

    LossGradients lossAndGradients(UnpairedLogps responses, double shift, NDArray[] mismatched) {
        boolean weighted = logistic && responses.desirableProbability() != null;
        if (!weighted && Logistic.fits(responses.logps())) {
            return inJava(responses, shift, mismatched);
        }
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(GRADIENTS, responses, shift, mismatched);
            return new LossGradients(output(results), Map.of("logps", results[3]));
        }
    }

    /** The same in one loop over Java numbers, for few responses. */
    private LossGradients inJava(UnpairedLogps responses, double shift, NDArray[] mismatched) {
        double[] logps = Tensors.toDoubles(responses.logps());
        double[] ref = Tensors.toDoubles(responses.refLogps());
        double[] labels = Tensors.toDoubles(responses.labels());
        double point = mismatched.length == 0 ? shift : Math.max(0, meanDifference(mismatched[0], mismatched[1]));
        double centre = mismatched.length == 0 ? shift : beta * point;
        int n = logps.length;
        double[] losses = new double[n];
        double[] gradient = new double[n];
        double loss = 0;
        double[] count = new double[2];
        double[] rewards = new double[2];
        double[] sums = new double[2];
        for (int i = 0; i < n; i++) {
            boolean good = labels[i] != 0;
            int side = good ? 0 : 1;
            double reward = beta * (logps[i] - ref[i]);
            double x = good ? reward - centre : centre - reward;
            double s = Logistic.sigmoid(-x);
            double weight = good ? desirableWeight : undesirableWeight;
            losses[i] = weight * (logistic ? Logistic.softplus(-x) : s);
            gradient[i] = (good ? -beta : beta) / n * weight * (logistic ? s : s * (1 - s));
            loss += losses[i];
            count[side]++;
            rewards[side] += reward;
            sums[side] += logps[i];
        }
        double chosen = rewards[0] / count[0];
        double rejected = rewards[1] / count[1];
        double[] metrics = {chosen, rejected, chosen - rejected, sums[0] / count[0], sums[1] / count[1], point};
        NDArray like = responses.logps();
        NDArray[] results = {Tensors.scalar(like, loss / n), Tensors.vector(like, losses), Tensors.vector(like, metrics)
        };
        return new LossGradients(output(results), Map.of("logps", Tensors.vector(like, gradient)));
    }

    private static double meanDifference(NDArray a, NDArray b) {
        double[] some = Tensors.toDoubles(a);
        double[] others = Tensors.toDoubles(b);
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += some[i] - others[i];
        }
        return sum / some.length;
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
