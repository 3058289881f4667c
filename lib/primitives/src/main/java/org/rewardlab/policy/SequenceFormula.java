package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * A policy loss with one number for each row: the mean of {@code -A ratio} in some form, {@code A} the mean advantage
 * of the row's counted tokens.
 *
 * <p>The formula is TorchScript. It finds {@code logps, old, a} (0 where nothing counts), {@code counted, m, zero}
 * (B,T), {@code lengths} (B,1), {@code weights} and the parameters {@code low, high, eps}. It sets {@code losses} (B)
 * and what its metrics name; the slope (B,T) is the derivative of a row's loss by its log-probabilities.
 */
final class SequenceFormula {

    private static final String SIGNATURE =
            "(self, logps: Tensor, old: Tensor, adv: Tensor, mask: Tensor, weights: List[Tensor],"
                    + " low: float, high: float, eps: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(logps)
              a = torch.where(counted, torch.detach(adv), zero)
              m = torch.type_as(counted, logps)
              lengths = torch.sum(m, [-1], True)
              n8 = torch.add(torch.sum(lengths), 1e-08)
              x = torch.where(counted, torch.sub(logps, torch.detach(old)), zero)
            """;

    private static final List<String> METRICS = List.of("actor/pg_clipfrac", "actor/ppo_kl");

    private final Script value;
    private final Script derivative;

    private SequenceFormula(Script value, Script derivative) {
        this.value = value;
        this.derivative = derivative;
    }

    /**
     * @param losses statements that set {@code losses}
     * @param slope statements that set {@code slope}
     * @param clipFraction the expression of the first metric
     */
    static SequenceFormula of(String losses, String slope, String clipFraction) {
        String body = PRELUDE + losses.indent(2)
                + "  kl = torch.div(torch.neg(torch.sum(x)), n8)\n"
                + "  metrics = torch.detach(torch.stack([" + clipFraction + ", kl], 0))\n";
        String value = "def loss" + SIGNATURE + body + "  return [torch.mean(losses), losses, metrics]\n";
        String derivative = "def gradients" + SIGNATURE + body + slope.indent(2)
                + "  return [torch.mean(losses), losses, metrics, torch.div(slope, torch.numel(losses))]\n";
        return new SequenceFormula(Script.of(value), Script.of(derivative));
    }

    LossOutput loss(PolicyBatch batch, double low, double high, double epsilon) {
        batch.check();
        return output(run(value, batch, low, high, epsilon));
    }

    LossGradients lossAndGradients(PolicyBatch batch, double low, double high, double epsilon) {
        batch.check();
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(derivative, batch, low, high, epsilon);
            return new LossGradients(output(results), Map.of("logps", results[3]));
        }
    }

    private static NDArray[] run(Script script, PolicyBatch batch, double low, double high, double epsilon) {
        return script.callMany(
                batch.logps(), batch.oldLogps(), batch.advantages(), batch.mask(), batch.weights(), low, high, epsilon);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
