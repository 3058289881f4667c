package org.rewardlab.golden;

import java.util.ArrayList;
import java.util.List;
import org.rewardlab.policy.TiltedPolicy;
import org.rewardlab.reward.LogSigmoidUtility;
import org.rewardlab.reward.PromptReference;
import org.rewardlab.reward.RewardCombination;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/** Transforming and combining rewards. */
final class Card38 extends Card {
    Card38() {
        add("lscTransform", c -> Result.of("utility", LogSigmoidUtility.of(c.array("reward"), c.array("reference"))));
        add(
                "promptReference",
                c -> Result.of(
                        "reference",
                        reference(c)
                                .of(
                                        c.has("samples") || !isConstant(c)
                                                ? c.array("samples")
                                                : Tensors.create(c.manager(), new double[1], c.type(), 1, 1))));
        add("combineRewards", c -> {
            List<Double> weights = new ArrayList<>();
            if (c.param("weights").isArray()) {
                Case.flatten(c.param("weights"), weights);
            }
            return Result.of(
                    "utility",
                    new RewardCombination(RewardCombination.Method.of(c.text("method", "lsc")), weights)
                            .combine(c.array("rewards"), c.arrayOrNull("references")));
        });
        add("tiltedPolicy", c -> {
            TiltedPolicy tilted = TiltedPolicy.of(c.array("probs"), c.array("utility"), c.number("gamma"));
            return Result.of("probs", tilted.probabilities()).and("kl", tilted.kl());
        });
    }

    private static boolean isConstant(Case c) {
        return c.text("method", "empirical").equals("constant");
    }

    private static PromptReference reference(Case c) {
        String method = c.text("method", "empirical");
        return switch (method) {
            case "empirical" -> PromptReference.empirical(c.number("quantile", 0.85));
            case "normal" -> PromptReference.normal(c.number("quantile", 0.85));
            case "constant" -> PromptReference.constant(c.number("value"));
            default -> throw Check.failure("method", "empirical, normal or constant", method);
        };
    }
}
