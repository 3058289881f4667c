package org.rewardlab.golden;

import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Entropy;
import org.rewardlab.tensor.LogProbs;
import org.rewardlab.tensor.Masked;

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
        add(
                "log_probs_from_logits",
                c -> Result.of(
                        "log_probs",
                        LogProbs.fromLogits(c.array("logits"), c.integers("labels"), c.number("temperature", 1))));
        add("entropy_from_logits", c -> Result.of("entropy", Entropy.fromLogits(c.array("logits"))));
        add(
                "aggregate_loss",
                c -> Result.of(
                        "loss", aggregation(c, c.text("mode")).aggregate(c.array("token_losses"), c.array("mask"))));
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
