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
 * A token loss whose gradient at a token depends on that token's log-probability alone, turned into two scripts: one
 * that the tape differentiates, and one that returns the gradient in the same call. Both weight and aggregate.
 *
 * <p>The formula is TorchScript. It finds {@code logps}, {@code a} (advantages) and {@code d = logps - old} (both 0
 * where nothing counts), {@code m} (the mask as numbers), {@code zero} (B,T), {@code lengths} (B,1), {@code n} tokens
 * and {@code n8 = n + 1e-8}, the list {@code extra}, its own parameters, and {@code self.kept(values, mask, m,
 * finite)}, which puts 0 where nothing counts. It sets {@code losses} (B,T), 0 where nothing counts, and what its
 * metrics name; the slope is their derivative by the log-probability. On a CPU, comparisons cost several times what
 * arithmetic costs: a formula on a hot path says {@code sign(relu(x))} for "x is above 0".
 */
final class PolicyFormula {

    /** No arrays. */
    static final NDArray[] NONE = {};

    /** No extra arrays. */
    static final Extra NOTHING = batch -> NONE;

    private static final String SIGNATURE =
            "(self, logps: Tensor, old: Tensor, adv: Tensor, mask: Tensor, extra: List[Tensor], weights: List[Tensor],"
                    + " finite: bool, row_means: bool, over_rows: bool, denominator: float%s) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              m = torch.type_as(mask, logps)
              zero = torch.zeros_like(logps)
              a = self.kept(torch.detach(adv), mask, m, finite)
              d = self.kept(torch.sub(logps, torch.detach(old)), mask, m, finite)
              lengths = torch.sum(m, [-1], True)
              n = torch.sum(lengths)
              n8 = torch.add(n, 1e-08)
            """;

    private static final String WEIGHTS = """
              if len(weights) > 0:
                w = self.kept(torch.detach(weights[0]), mask, m, finite)
                losses = torch.mul(losses, w)
            """;

    private static final String SHARE = """
              if denominator > 0.:
                share = torch.new_full(n, [], 1. / denominator)
              else:
                if over_rows:
                  share = torch.reciprocal(torch.sum(torch.type_as(torch.gt(lengths, 0), logps)))
                else:
                  share = torch.reciprocal(n)
              if row_means:
                share = torch.div(share, torch.add(lengths, 1e-08))
              loss = torch.sum(torch.mul(losses, share))
            """;

    /** A method for scripts: values with 0 where the mask is 0. */
    static final String KEPT = """

            def kept(self, values: Tensor, mask: Tensor, m: Tensor, finite: bool) -> Tensor:
              if finite:
                found = torch.mul(values, m)
              else:
                found = torch.where(torch.ne(mask, 0), values, torch.zeros_like(values))
              return found
            """;

    /** A diagnostic: the name that users know, and the scalar expression behind it. */
    record Metric(String name, String expression) {}

    /** How the policy moved since it sampled: {@code mean(-x)}, of a log-ratio {@code x} that the losses set. */
    static final Metric PPO_KL = new Metric("actor/ppo_kl", "torch.neg(torch.div(torch.sum(torch.detach(x)), n8))");

    /** The share of counted tokens where the clip decided: {@code held} is 1 there, 0 elsewhere. */
    static final Metric CLIP_FRACTION = new Metric("actor/pg_clipfrac", "torch.div(torch.sum(torch.detach(held)), n8)");

    /** What a formula finds as {@code extra}, made of a batch that has been checked. */
    @FunctionalInterface
    interface Extra {
        NDArray[] of(PolicyBatch batch);
    }

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
        String value = "def loss" + signature + body + WEIGHTS + SHARE + "  return [loss, losses, metrics]\n" + KEPT;
        String derivative = "def gradients" + signature + body + slope.indent(2)
                + WEIGHTS + "    slope = torch.mul(slope, w)\n"
                + SHARE + "  return [loss, losses, metrics, torch.mul(slope, share)]\n" + KEPT;
        return new PolicyFormula(
                Script.of(value),
                Script.of(derivative),
                Arrays.stream(metrics).map(Metric::name).toList());
    }

    /** The loss of a batch. */
    LossOutput loss(PolicyBatch batch, Aggregation aggregation, Extra extra, Object... parameters) {
        return output(value.callMany(arguments(batch, aggregation, extra, parameters)));
    }

    /** The loss of a batch and its gradient by the log-probabilities. */
    LossGradients lossAndGradients(PolicyBatch batch, Aggregation aggregation, Extra extra, Object... parameters) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = derivative.callMany(arguments(batch, aggregation, extra, parameters));
            return new LossGradients(output(results), Map.of("logps", results[3]));
        }
    }

    private LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(metrics, results[2]));
    }

    private static Object[] arguments(PolicyBatch batch, Aggregation aggregation, Extra extra, Object... parameters) {
        boolean finite = batch.check(aggregation);
        List<Object> arguments = new ArrayList<>(10 + parameters.length);
        arguments.add(batch.logps());
        arguments.add(batch.oldLogps());
        arguments.add(batch.advantages());
        arguments.add(batch.mask());
        arguments.add(extra.of(batch));
        arguments.add(batch.weights());
        arguments.add(finite);
        arguments.add(aggregation.mode() == Aggregation.Mode.SEQ_MEAN_TOKEN_MEAN);
        arguments.add(aggregation.mode() != Aggregation.Mode.TOKEN_MEAN);
        arguments.add(aggregation.denominator(batch.logps().getShape().get(1)));
        arguments.addAll(Arrays.asList(parameters));
        return arguments.toArray();
    }
}
