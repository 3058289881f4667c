package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.rewardlab.policy.Cispo;
import org.rewardlab.policy.ClipCov;
import org.rewardlab.policy.Gmpo;
import org.rewardlab.policy.Grpo;
import org.rewardlab.policy.GrpoDenominator;
import org.rewardlab.policy.GrpoSurrogate;
import org.rewardlab.policy.Gspo;
import org.rewardlab.policy.ImportanceLevel;
import org.rewardlab.policy.KlCov;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.policy.PpoClip;
import org.rewardlab.policy.Reinforce;
import org.rewardlab.policy.RlooLoss;
import org.rewardlab.policy.RolloutCorrectedPpo;
import org.rewardlab.policy.RolloutCorrection;
import org.rewardlab.policy.Sapo;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;

/** Card 00, section 6. */
final class Card00PolicyLosses extends Card {

    private static final Map<String, String> INPUTS = Map.of("logps", "log_probs");

    Card00PolicyLosses() {
        addClipped();
        addWeighted();
        addCovariance();
        add("rloo_loss", Card00PolicyLosses::rloo);
        add("grpo_loss", c -> result(c, grpo(c), grpoBatch(c), Map.of("kl", "kl")));
        addRollout();
    }

    private void addClipped() {
        add("ppo_clip_loss", c -> {
            Double dual = c.numberOrNull("dual_clip", 3.0);
            PpoClip loss = new PpoClip(low(c, 0.2), high(c, 0.2), dual, aggregation(c, "token-mean"));
            Map<String, String> names = dual == null
                    ? Map.of("clip_frac", "actor/pg_clipfrac", "approx_kl", "actor/ppo_kl")
                    : Map.of(
                            "clip_frac",
                            "actor/pg_clipfrac",
                            "approx_kl",
                            "actor/ppo_kl",
                            "clip_frac_lower",
                            "actor/pg_clipfrac_lower");
            return result(c, loss, batch(c), names);
        });
        add("ppo_rollout_corrected_loss", c -> {
            double[] threshold = range(c);
            PolicyLoss loss = new RolloutCorrectedPpo(
                    RolloutCorrectedPpo.Correction.of(c.text("correction")),
                    threshold[0],
                    threshold[1],
                    low(c, 0.2),
                    high(c, 0.2),
                    aggregation(c, "token-mean"));
            return result(
                    c,
                    loss,
                    batch(c),
                    Map.of("rollout_kl", "rollout_kl", "clip_frac", "actor/pg_clipfrac", "approx_kl", "actor/ppo_kl"));
        });
        add(
                "gspo_loss",
                c -> result(
                        c,
                        new Gspo(low(c, 3e-4), high(c, 4e-4), c.numberOrNull("global_batch_size", null)),
                        batch(c),
                        Map.of("clip_frac", "actor/pg_clipfrac", "approx_kl", "actor/ppo_kl")));
        add(
                "gmpo_loss",
                c -> result(
                        c,
                        new Gmpo(low(c, 0.4), high(c, 0.4), c.number("eps", 1e-8)),
                        batch(c),
                        Map.of("clip_frac", "actor/pg_clipfrac", "approx_kl", "actor/ppo_kl")));
    }

    private void addWeighted() {
        add(
                "sapo_loss",
                c -> result(
                        c,
                        new Sapo(
                                c.number("tau_pos", 1),
                                c.number("tau_neg", 1.05),
                                aggregation(c, "seq-mean-token-mean")),
                        batch(c),
                        Map.of("approx_kl", "actor/ppo_kl")));
        add(
                "cispo_loss",
                c -> result(
                        c,
                        new Cispo(low(c, 0.2), high(c, 0.2), aggregation(c, "token-mean")),
                        batch(c),
                        Map.of("clip_frac", "actor/pg_clipfrac", "approx_kl", "actor/ppo_kl")));
        Function<Case, Result> reinforce = c -> {
            PolicyBatch batch = PolicyBatch.onPolicy(c.array("log_probs"), c.array("advantages"), c.array("mask"));
            c.own(batch.oldLogps());
            Reinforce loss = new Reinforce(aggregation(c, "token-mean"));
            return result(c, loss, batch.withIsWeights(c.arrayOrNull("is_weights")), Map.of());
        };
        add("reinforce_loss", reinforce);
        add("gpg_loss", reinforce);
    }

    private void addCovariance() {
        add(
                "clip_cov_loss",
                c -> result(
                        c,
                        new ClipCov(
                                low(c, 0.2),
                                high(c, 0.2),
                                c.number("clip_cov_ratio", 2e-4),
                                c.number("cov_low", 1),
                                c.number("cov_high", 5),
                                7,
                                aggregation(c, "token-mean")),
                        batch(c),
                        Map.of("clip_frac", "actor/pg_clipfrac", "approx_kl", "actor/ppo_kl")));
        add(
                "kl_cov_loss",
                c -> result(
                        c,
                        new KlCov(
                                c.number("kl_cov_ratio", 2e-4),
                                c.number("ppo_kl_coef", 1),
                                aggregation(c, "token-mean")),
                        batch(c),
                        Map.of("approx_kl_abs", "actor/ppo_kl_abs", "approx_kl", "actor/ppo_kl")));
    }

    private void addRollout() {
        add(
                "rollout_is_weights",
                c -> Result.of(
                        "weights",
                        RolloutCorrection.weights(
                                c.array("old_log_probs"),
                                c.array("rollout_log_probs"),
                                c.array("mask"),
                                ImportanceLevel.of(c.text("level", "token")),
                                c.number("threshold", 2),
                                c.flag("batch_normalize", false))));
        add("rollout_is_ratio", c -> {
            String mode = c.text("mode");
            Check.oneOf(
                    "mode",
                    mode,
                    java.util.List.of("token_truncate", "token_mask", "sequence_truncate", "sequence_mask"));
            int split = mode.indexOf('_');
            return Result.of(
                    "ratio",
                    RolloutCorrection.ratio(
                            c.array("old_log_probs"),
                            c.array("rollout_log_probs"),
                            c.array("mask"),
                            ImportanceLevel.of(mode.substring(0, split)),
                            RolloutCorrection.Outside.valueOf(
                                    mode.substring(split + 1).toUpperCase(Locale.ROOT)),
                            c.numberOrNull("clip_min", null),
                            c.numberOrNull("clip_max", null)));
        });
        add("rollout_rejection_mask", c -> {
            String option = c.text("option");
            int split = option.lastIndexOf('_');
            String unit = option.substring(0, Math.max(split, 0));
            return Result.of(
                    "mask",
                    RolloutCorrection.keep(
                            c.array("log_ratio"),
                            c.array("mask"),
                            switch (unit) {
                                case "token" -> RolloutCorrection.Unit.TOKEN;
                                case "seq_sum" -> RolloutCorrection.Unit.SEQUENCE_SUM;
                                case "seq_mean" -> RolloutCorrection.Unit.SEQUENCE_MEAN;
                                case "seq_max" -> RolloutCorrection.Unit.SEQUENCE_MAX;
                                default ->
                                    throw Check.failure(
                                            "option", "token, seq_sum, seq_mean or seq_max and a statistic", option);
                            },
                            switch (option.substring(split + 1)) {
                                case "k1" -> RolloutCorrection.Statistic.K1;
                                case "k2" -> RolloutCorrection.Statistic.K2;
                                case "k3" -> RolloutCorrection.Statistic.K3;
                                default -> throw Check.failure("option", "a statistic k1, k2 or k3", option);
                            },
                            c.number("upper"),
                            c.numberOrNull("lower", null)));
        });
    }

    /** Sequence log-probabilities are sequences of one token. */
    private static Result rloo(Case c) {
        NDArray logps = c.own(c.array("policy_logps").expandDims(-1));
        PolicyBatch batch = new PolicyBatch(
                logps,
                c.own(c.array("old_logps").expandDims(-1)),
                c.own(c.array("advantages").expandDims(-1)),
                c.own(logps.onesLike()));
        PolicyLoss loss = new RlooLoss(low(c, 0.2), high(c, 0.2));
        Result result = Result.of(c, loss, batch, Map.of("logps", "rows")).andMetric("clip_frac", "actor/pg_clipfrac");
        NDArray closed = result.gradients.remove("rows");
        if (closed != null) {
            result.gradient("policy_logps", closed.squeeze(-1));
        }
        return result;
    }

    private static Grpo grpo(Case c) {
        String type = c.text("loss_type", "dapo");
        GrpoSurrogate surrogate = switch (type) {
            case "grpo", "bnpo", "dr_grpo", "dapo", "luspo" ->
                new GrpoSurrogate.Clipped(
                        c.number("epsilon_low", 0.2), c.number("epsilon_high", 0.2), c.numberOrNull("delta", null));
            case "cispo" -> new GrpoSurrogate.Capped(c.number("epsilon_high"));
            case "sapo" -> new GrpoSurrogate.Soft(c.number("tau_pos", 1), c.number("tau_neg", 1.05));
            case "vespo" ->
                new GrpoSurrogate.Damped(
                        c.number("k_pos", 2),
                        c.number("lambda_pos", 3),
                        c.number("k_neg", 3),
                        c.number("lambda_neg", 2));
            default ->
                throw Check.failure("loss_type", "one of grpo, bnpo, dr_grpo, dapo, luspo, cispo, sapo, vespo", type);
        };
        GrpoDenominator denominator = switch (type) {
            case "grpo", "sapo" -> GrpoDenominator.sequenceMeans();
            case "bnpo" -> GrpoDenominator.tokens();
            case "luspo" -> GrpoDenominator.sequenceSums();
            case "dr_grpo" ->
                new GrpoDenominator(GrpoDenominator.Kind.MAX_LENGTH, c.numberOrNull("max_completion_length", null));
            default -> new GrpoDenominator(GrpoDenominator.Kind.TOKENS, c.numberOrNull("num_items_in_batch", null));
        };
        return new Grpo(
                surrogate,
                ImportanceLevel.of(c.text("importance_level", "token")),
                denominator,
                c.number("beta", 0),
                c.flag("bias_correction_kl", false),
                c.numberOrNull("off_policy_threshold", null),
                c.number("top_entropy_quantile", 1));
    }

    private static PolicyBatch grpoBatch(Case c) {
        PolicyBatch batch = PolicyBatch.ofSequences(
                c.array("log_probs"), c.array("old_log_probs"), c.array("advantages"), c.array("mask"));
        c.own(batch.advantages());
        return batch.withRefLogps(c.arrayOrNull("ref_log_probs"))
                .withEntropies(c.arrayOrNull("entropy"))
                .withIsWeights(c.arrayOrNull("is_weights"));
    }

    private static PolicyBatch batch(Case c) {
        return new PolicyBatch(
                c.array("log_probs"),
                c.array("old_log_probs"),
                c.array("advantages"),
                c.array("mask"),
                c.arrayOrNull("ref_log_probs"),
                c.arrayOrNull("rollout_log_probs"),
                c.arrayOrNull("entropy"),
                c.arrayOrNull("is_weights"));
    }

    private static double low(Case c, double fallback) {
        return c.number("clip_low", fallback);
    }

    private static double high(Case c, double fallback) {
        return c.number("clip_high", fallback);
    }

    private static double[] range(Case c) {
        var threshold = c.param("threshold");
        if (threshold.size() != 2) {
            throw Check.failure("threshold", "two numbers", threshold.isMissingNode() ? "none" : threshold);
        }
        return new double[] {Case.number(threshold.get(0)), Case.number(threshold.get(1))};
    }

    private static Aggregation aggregation(Case c, String fallback) {
        return Card00MaskedOps.aggregation(c, c.text("agg", fallback));
    }

    private static Result result(Case c, PolicyLoss loss, PolicyBatch batch, Map<String, String> metrics) {
        Result result = Result.of(c, loss, batch, INPUTS);
        metrics.forEach(result::andMetric);
        return result;
    }
}
