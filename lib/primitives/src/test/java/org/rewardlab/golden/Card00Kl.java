package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.credit.KlPenalizedRewards;
import org.rewardlab.credit.MiniLlm;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.policy.DistillationBatch;
import org.rewardlab.policy.GeneralizedJsd;
import org.rewardlab.policy.Kl;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlController.AdaptiveEntropy;
import org.rewardlab.policy.KlController.AdaptiveKl;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.tensor.Check;

/** Card 00, section 2. */
final class Card00Kl extends Card {
    Card00Kl() {
        add("kl_estimate", c -> Result.of("kl", named(c).estimate(c.array("log_probs"), c.array("ref_log_probs"))));
        add(
                "kl_estimate_straight_through",
                c -> Result.of(
                        "kl", named(c).straightThrough().estimate(c.array("log_probs"), c.array("ref_log_probs"))));
        add(
                "kl_estimate_is_corrected",
                c -> Result.of(
                        "kl",
                        Kl.importanceCorrected(
                                c.array("log_probs"), c.array("old_log_probs"), c.array("ref_log_probs"))));
        add(
                "kl_exact",
                c -> Result.of(
                        "kl",
                        Kl.exact(
                                c.array("logits"),
                                c.array("ref_logits"),
                                Kl.Direction.of(c.text("direction", "reverse")))));
        add(
                "generalized_jsd",
                c -> Result.of(
                        c,
                        new GeneralizedJsd(c.number("beta", 0.5), c.number("temperature", 1)),
                        new DistillationBatch(c.array("student_logits"), c.array("teacher_logits"), c.array("mask")),
                        Map.of("studentLogits", "student_logits")));
        add("adaptive_kl_controller", Card00Kl::adaptiveKl);
        add("adaptive_entropy_controller", Card00Kl::adaptiveEntropy);
        add(
                "kl_penalized_rewards",
                c -> Result.of(
                        "token_rewards",
                        new KlPenalizedRewards(c.number("kl_coef", 0), estimator(c), Card00Advantages.clip(c))
                                .assign(
                                        c.array("scores"),
                                        c.array("log_probs"),
                                        c.array("ref_log_probs"),
                                        c.array("mask"))));
        add(
                "minillm_advantage",
                c -> Result.of(
                        "advantages",
                        new MiniLlm(c.number("gamma", 0), c.flag("length_normalization", true))
                                .estimate(Rollouts.of(c.array("student_log_probs"), c.array("mask"))
                                        .withLogps(c.array("student_log_probs"))
                                        .withRefLogps(c.array("teacher_log_probs")))
                                .advantages()));
    }

    private static Result adaptiveKl(Case c) {
        KlController controller = new AdaptiveKl(c.number("init_kl_coef"), c.number("target_kl"), c.number("horizon"));
        double[] kl = c.numbers("kl");
        double[] steps = c.numbers("n_steps");
        if (steps.length != kl.length) {
            throw Check.failure("n_steps", kl.length + " numbers", steps.length);
        }
        double[] coefficients = new double[kl.length];
        KlController.State state = controller.initial();
        for (int i = 0; i < kl.length; i++) {
            state = controller.next(state, kl[i], Case.wholeLong("n_steps", steps[i]));
            coefficients[i] = state.coefficient();
        }
        return Result.of("kl_coef", coefficients);
    }

    private static Result adaptiveEntropy(Case c) {
        KlController controller = new AdaptiveEntropy(
                c.number("entropy_coef"),
                c.number("delta", 0.005),
                c.number("min", 0),
                c.number("max", 1),
                c.number("entropy_target", 0.2));
        double[] entropy = c.numbers("entropy");
        double[] coefficients = new double[entropy.length];
        double[] applied = new double[entropy.length];
        KlController.State state = controller.initial();
        for (int i = 0; i < entropy.length; i++) {
            applied[i] = state.applied();
            state = controller.next(state, entropy[i], 1);
            coefficients[i] = state.coefficient();
        }
        return Result.of("entropy_coef", coefficients).and("applied", applied);
    }

    /** The estimator of a case that has to name one. */
    private static KlEstimator named(Case c) {
        c.text("estimator");
        return estimator(c);
    }

    /** The estimator that a case names, with its clamps. */
    static KlEstimator estimator(Case c) {
        String name = c.text("estimator", "k1");
        Double ratio = c.numberOrNull("log_ratio_clamp", null);
        KlEstimator plain = switch (name) {
            case "k1" -> KlEstimator.k1();
            case "k2" -> KlEstimator.k2();
            case "k3" -> new Kl.K3(ratio);
            case "abs" -> KlEstimator.absolute();
            default -> throw Check.failure("estimator", "one of k1, k2, k3, abs", name);
        };
        Double bound = c.numberOrNull("value_clamp", null);
        return bound == null ? plain : plain.clampedTo(bound);
    }
}
