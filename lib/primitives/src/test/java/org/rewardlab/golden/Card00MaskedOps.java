package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.rewardlab.policy.NegativeLogLikelihood;
import org.rewardlab.policy.TokenLogps;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Entropy;
import org.rewardlab.tensor.LogProbs;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.NanMoments;
import org.rewardlab.tensor.ResponseMask;

/** Card 00, section 1. */
final class Card00MaskedOps extends Card {
    Card00MaskedOps() {
        add(
                "masked_sum",
                c -> Result.of(
                        "sum",
                        rows(c)
                                ? Masked.sumRows(c.array("values"), c.array("mask"))
                                : Masked.sum(c.array("values"), c.array("mask"))));
        add("masked_mean", c -> {
            double eps = c.number("eps", Masked.EPSILON);
            return Result.of(
                    "mean",
                    rows(c)
                            ? Masked.meanRows(c.array("values"), c.array("mask"), eps)
                            : Masked.mean(c.array("values"), c.array("mask"), eps));
        });
        add(
                "masked_var",
                c -> Result.of("var", Masked.variance(c.array("values"), c.array("mask"), c.flag("unbiased", true))));
        add(
                "masked_whiten",
                c -> Result.of(
                        "whitened", Masked.whiten(c.array("values"), c.array("mask"), c.flag("shift_mean", true))));
        add(
                "masked_normalize_rows",
                c -> Result.of(
                        "normalized", Masked.normalizeRows(c.array("values"), c.array("mask"), c.number("eps", 1e-8))));
        add("log_probs_from_logits", Card00MaskedOps::logProbs);
        add(
                "sequence_log_probs",
                c -> Result.of(
                        "log_probs",
                        LogProbs.ofSequences(c.array("logits"), c.integers("labels"), c.flag("average", false))));
        add("entropy_from_logits", Card00MaskedOps::entropy);
        add("response_mask_from_eos", c -> {
            JsonNode ids = c.param("eos_ids");
            if (!ids.isArray() && !ids.isNumber()) {
                throw Check.failure("eos_ids", "one or more ids", ids.isMissingNode() ? "none" : ids);
            }
            return Result.of("mask", ResponseMask.untilEnd(c.integers("response_ids"), Case.ids("eos_ids", ids)));
        });
        add("nan_std", c -> Result.of("std", NanMoments.std(c.array("values"))));
        add(
                "high_entropy_mask",
                c -> Result.of("keep", Entropy.highest(c.array("entropy"), c.array("mask"), c.number("threshold"))));
        add(
                "sft_loss",
                c -> Result.of(
                        c,
                        new NegativeLogLikelihood(aggregation(c, c.text("mode", "token-mean"))),
                        new TokenLogps(c.array("log_probs"), c.array("mask")),
                        Map.of("logps", "log_probs")));
        add(
                "aggregate_loss",
                c -> Result.of(
                        "loss", aggregation(c, c.text("mode")).aggregate(c.array("token_losses"), c.array("mask"))));
    }

    private static Result logProbs(Case c) {
        NDArray logits = c.array("logits");
        NDArray labels = c.integers("labels");
        double temperature = c.number("temperature", 1);
        NDArray logps = LogProbs.fromLogits(logits, labels, temperature);
        Result result = Result.of("log_probs", logps);
        return c.wantsGradients()
                ? result.closed(
                        "logits", LogProbs.fromLogitsWithGradient(logits, labels, cotangent(c, logps), temperature))
                : result;
    }

    private static Result entropy(Case c) {
        NDArray logits = c.array("logits");
        NDArray entropies = Entropy.fromLogits(logits);
        Result result = Result.of("entropy", entropies);
        return c.wantsGradients()
                ? result.closed("logits", Entropy.fromLogitsWithGradient(logits, cotangent(c, entropies)))
                : result;
    }

    /** What a case weighs its outputs by, ones if it says nothing. */
    private static NDArray cotangent(Case c, NDArray like) {
        return c.has("cotangent") ? c.array("cotangent") : c.own(like.onesLike());
    }

    /** An aggregation mode with the optional denominators of a case. */
    static Aggregation aggregation(Case c, String mode) {
        return new Aggregation(
                Aggregation.Mode.of(mode),
                c.numberOrNull("batch_num_tokens", null),
                c.numberOrNull("global_batch_size", null),
                c.numberOrNull("loss_scale_factor", null));
    }

    private static boolean rows(Case c) {
        Double axis = c.numberOrNull("axis", null);
        if (axis != null && axis != -1) {
            throw Check.failure("axis", "null or -1", axis);
        }
        return axis != null;
    }
}
