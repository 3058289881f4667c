package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * A token loss whose gradient at a token depends on that token's log-probability alone, turned into two scripts: one that
 * the tape differentiates, and one that returns the gradient in the same call. Both weight and aggregate.
 *
 * <p>The formula is TorchScript. It finds {@code logps, old, a} (advantages, 0 where nothing counts), {@code counted} (the
 * mask as truth values) and {@code m} (as numbers), {@code zero} (B,T), {@code lengths} (B,1), {@code n} tokens and
 * {@code n8 = n + 1e-8}, the list {@code extra} and its own parameters. It sets {@code losses} (B,T), 0 where nothing
 * counts, and what its metrics name; the slope is their derivative by the log-probability.
 */
final class PolicyFormula {

    /** No extra arrays. */
    static final NDArray[] NOTHING = {};

    private static final String SIGNATURE =
            "(self, logps: Tensor, old: Tensor, adv: Tensor, mask: Tensor, extra: List[Tensor], weights: List[Tensor],"
                    + " row_means: bool, over_rows: bool, denominator: float%s) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(logps)
              a = torch.where(counted, torch.detach(adv), zero)
              m = torch.type_as(counted, logps)
              lengths = torch.sum(m, [-1], True)
              n = torch.sum(lengths)
              n8 = torch.add(n, 1e-08)
            """;

    private static final String WEIGHTS = """
              if len(weights) > 0:
                w = torch.where(counted, torch.detach(weights[0]), zero)
                losses = torch.mul(losses, w)
            """;

    private static final String SHARE = """
              if denominator > 0.:
                share = torch.div(torch.ones_like(n), denominator)
              else:
                if over_rows:
                  share = torch.reciprocal(torch.sum(torch.type_as(torch.gt(lengths, 0), logps)))
                else:
                  share = torch.reciprocal(n)
              if row_means:
                share = torch.div(share, torch.add(lengths, 1e-08))
              loss = torch.sum(torch.mul(losses, share))
            """;

    /** A diagnostic: the name that users know, and the scalar expression behind it. */
    record Metric(String name, String expression) {}

    /** How the policy moved since it sampled: {@code mean(-x)}, of a log-ratio {@code x} that the losses set. */
    static final Metric PPO_KL =
            new Metric("actor/ppo_kl", "torch.div(torch.sum(torch.mul(torch.neg(torch.detach(x)), m)), n8)");

    /** The share of counted tokens where {@code clipped > plain}. */
    static final Metric CLIP_FRACTION =
            new Metric("actor/pg_clipfrac", "torch.div(torch.sum(torch.gt(clipped, plain)), n8)");

    private final Script value;
    private final Script derivative;
    private final List<String> metrics;

    private PolicyFormula(Script value, Script derivative, List<String> metrics) {
        this.value = value;
        this.derivative = derivative;
        this.metrics = metrics;
    }

    /**
     * @param parameters its own, such as {@code low: float}, in the order of the call
     * @param losses statements that set {@code losses}
     * @param slope statements that set {@code slope}
     * @param metrics names and the scalar expressions behind them
     */
    static PolicyFormula of(List<String> parameters, String losses, String slope, Metric... metrics) {
        String signature = SIGNATURE.formatted(parameters.isEmpty() ? "" : ", " + String.join(", ", parameters));
        List<String> expressions =
                Arrays.stream(metrics).map(Metric::expression).toList();
        String body = PRELUDE + losses.indent(2) + "  metrics = torch.detach(torch.stack(" + expressions + ", 0))\n";
        String value = "def loss" + signature + body + WEIGHTS + SHARE + "  return [loss, losses, metrics]\n";
        String derivative = "def gradients" + signature + body + slope.indent(2)
                + WEIGHTS + "    slope = torch.mul(slope, w)\n"
                + SHARE + "  return [loss, losses, metrics, torch.mul(slope, share)]\n";
        return new PolicyFormula(
                Script.of(value),
                Script.of(derivative),
                Arrays.stream(metrics).map(Metric::name).toList());
    }

    /** The loss of a batch that has been checked. */
    LossOutput loss(PolicyBatch batch, Aggregation aggregation, NDArray[] extra, Object... parameters) {
        return output(value.callMany(arguments(batch, aggregation, extra, parameters)));
    }

    /** The loss and its gradient by the log-probabilities, of a batch that has been checked. */
    LossGradients lossAndGradients(PolicyBatch batch, Aggregation aggregation, NDArray[] extra, Object... parameters) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = derivative.callMany(arguments(batch, aggregation, extra, parameters));
            return new LossGradients(output(results), Map.of("logps", results[3]));
        }
    }

    private LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(metrics, results[2]));
    }

    private static Object[] arguments(
            PolicyBatch batch, Aggregation aggregation, NDArray[] extra, Object... parameters) {
        List<Object> arguments = new ArrayList<>(9 + parameters.length);
        arguments.add(batch.logps());
        arguments.add(batch.oldLogps());
        arguments.add(batch.advantages());
        arguments.add(batch.mask());
        arguments.add(extra);
        arguments.add(batch.weights());
        arguments.add(aggregation.mode() == Aggregation.Mode.SEQ_MEAN_TOKEN_MEAN);
        arguments.add(aggregation.mode() != Aggregation.Mode.TOKEN_MEAN);
        arguments.add(aggregation.denominator(batch.logps().getShape().get(1)));
        arguments.addAll(Arrays.asList(parameters));
        return arguments.toArray();
    }
}
