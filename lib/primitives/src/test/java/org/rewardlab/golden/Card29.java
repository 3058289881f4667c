package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rewardlab.policy.ConstrainedAdvantages;
import org.rewardlab.policy.ConstrainedBatch;
import org.rewardlab.policy.ConstrainedPpo;
import org.rewardlab.policy.LagrangeMultipliers;
import org.rewardlab.policy.NelderMead;
import org.rewardlab.policy.Squash;
import org.rewardlab.reward.CompositeReward;
import org.rewardlab.tensor.Check;

/** Constraints on component rewards. */
final class Card29 extends Card {
    Card29() {
        add("constrained_mixed_advantage", c -> {
            ConstrainedAdvantages mixed = ConstrainedAdvantages.mix(
                    c.array("constraint_advantages"),
                    c.array("kl_advantages"),
                    c.array("multipliers"),
                    squash(c),
                    c.flag("normalize", true),
                    c.number("eps", ConstrainedAdvantages.EPSILON));
            return Result.of("lambda", mixed.lambda()).and("advantages", mixed.advantages());
        });
        add("lagrange_multiplier_step", Card29::multiplierStep);
        add("constrained_ppo_loss", c -> {
            ConstrainedPpo loss = new ConstrainedPpo(squash(c), c.number("clip", 0.2), c.flag("normalize", true));
            ConstrainedBatch batch = new ConstrainedBatch(
                    c.array("logps"),
                    c.array("old_logps"),
                    c.array("mask"),
                    c.array("constraint_advantages"),
                    c.array("kl_advantages"),
                    c.array("multipliers"));
            ConstrainedAdvantages mixed = loss.advantages(batch);
            c.own(mixed.lambda());
            return Result.of(c, loss, batch, Map.of("logps", "logps")).and("advantages", mixed.advantages());
        });
        add("saturated_composite_reward", c -> {
            NDArray reward = c.flag("saturate", true)
                    ? CompositeReward.saturated(c.array("rewards"), c.array("thresholds"), c.array("weights"))
                    : CompositeReward.sum(c.array("rewards"), c.array("weights"));
            return Result.of("reward", reward);
        });
        add("nelder_mead_thresholds", Card29::search);
    }

    private static Result multiplierStep(Case c) {
        Squash squash = squash(c);
        LagrangeMultipliers controller = new LagrangeMultipliers(
                c.number("lr", 0.1),
                c.number("momentum", 0.1),
                c.number("max_grad_norm", 0.5),
                squash,
                c.flag("equality", false));
        LagrangeMultipliers.State next = controller.next(
                new LagrangeMultipliers.State(list(c, "multipliers"), list(c, "velocity")),
                list(c, "values"),
                list(c, "thresholds"));
        return Result.of("gradient", next.gradient())
                .and("velocity", next.velocity())
                .and("multipliers", next.multipliers());
    }

    private static Result search(Case c) {
        double[] scale = c.vector("quadratic_scale");
        double[] center = c.vector("quadratic_center");
        if (scale.length != center.length
                || scale.length != c.input("simplex").path(0).size()) {
            throw Check.failure("quadratic_scale", "a number for each coordinate", scale.length);
        }
        NelderMead search = new NelderMead(
                c.number("alpha", 1),
                c.number("gamma", 2),
                c.number("rho", 0.5),
                c.number("sigma", 0.5),
                c.number("tol", 0.01));
        NelderMead.Result result = search.minimize(
                rows(c.input("simplex")),
                x -> {
                    double sum = 0;
                    for (int i = 0; i < x.length; i++) {
                        sum += scale[i] * (x[i] - center[i]) * (x[i] - center[i]);
                    }
                    return sum;
                },
                c.whole("iterations"));
        List<String> operations = result.operations().stream()
                .map(operation -> operation.name().toLowerCase(Locale.ROOT))
                .toList();
        return Result.of(
                        "simplex",
                        result.simplex().stream().map(NelderMead.Corner::point).toList())
                .and("operations", operations)
                .and("best_value", result.best().value());
    }

    private static Squash squash(Case c) {
        return Choice.of("squash", c.text("squash", "sigmoid"), Squash.values());
    }

    private static List<Double> list(Case c, String name) {
        return Arrays.stream(c.vector(name)).boxed().toList();
    }

    private static double[][] rows(JsonNode matrix) {
        double[][] rows = new double[matrix.size()][];
        for (int i = 0; i < rows.length; i++) {
            List<Double> row = new ArrayList<>();
            Case.flatten(matrix.get(i), row);
            rows[i] = row.stream().mapToDouble(Double::doubleValue).toArray();
        }
        return rows;
    }
}
