package org.rewardlab.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rewardlab.preference.Aot;
import org.rewardlab.preference.ApoDown;
import org.rewardlab.preference.ApoZero;
import org.rewardlab.preference.BcoPair;
import org.rewardlab.preference.CombinedPreference;
import org.rewardlab.preference.DiscoPop;
import org.rewardlab.preference.Dpo;
import org.rewardlab.preference.ExoPair;
import org.rewardlab.preference.FDivergence;
import org.rewardlab.preference.ImplicitRewards;
import org.rewardlab.preference.Ipo;
import org.rewardlab.preference.LengthDesensitized;
import org.rewardlab.preference.NcaPair;
import org.rewardlab.preference.PairLogps;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.preference.RobustDpo;
import org.rewardlab.preference.SigmoidNorm;
import org.rewardlab.preference.Slic;
import org.rewardlab.preference.SppoHard;
import org.rewardlab.preference.WpoWeights;
import org.rewardlab.tensor.Check;

/** Card 00, sections 3.1 to 3.4: paired losses with a reference. */
final class Card00PreferenceLosses extends Card {

    private static final Map<String, String> INPUTS =
            Map.of("chosenLogps", "policy_chosen_logps", "rejectedLogps", "policy_rejected_logps");

    /** The losses of the table, by their names without {@code dpo_}. */
    private static final Map<String, Function<Case, PreferenceLoss>> LOSSES = new LinkedHashMap<>();

    static {
        LOSSES.put("sigmoid", c -> new Dpo(beta(c), 0, divergence(c)));
        LOSSES.put("cdpo", c -> new Dpo(beta(c), smoothing(c), divergence(c)));
        LOSSES.put("robust", c -> new RobustDpo(beta(c), smoothing(c), divergence(c)));
        LOSSES.put("hinge", c -> new Slic(beta(c), divergence(c)));
        LOSSES.put("ipo", c -> new Ipo(beta(c), divergence(c)));
        LOSSES.put("sigmoid_norm", c -> new SigmoidNorm(beta(c), divergence(c)));
        LOSSES.put("exo_pair", c -> new ExoPair(beta(c), c.number("label_smoothing", 1e-3), divergence(c)));
        LOSSES.put("nca_pair", c -> new NcaPair(beta(c), divergence(c)));
        LOSSES.put("bco_pair", c -> new BcoPair(beta(c), divergence(c)));
        LOSSES.put("sppo_hard", c -> new SppoHard(beta(c), divergence(c)));
        LOSSES.put("aot", c -> new Aot(beta(c), smoothing(c), true));
        LOSSES.put("aot_unpaired", c -> new Aot(beta(c), smoothing(c), false));
        LOSSES.put("apo_zero", c -> new ApoZero(beta(c)));
        LOSSES.put("apo_down", c -> new ApoDown(beta(c), divergence(c)));
        LOSSES.put("discopop", c -> new DiscoPop(beta(c), c.number("discopop_tau", 0.05), divergence(c)));
    }

    Card00PreferenceLosses() {
        LOSSES.forEach((name, loss) -> add("dpo_" + name, c -> paired(c, loss.apply(c))));
        add("dpo_combined", c -> paired(c, combined(c)));
        add("ld_dpo_log_probs", c -> {
            LengthDesensitized sums = LengthDesensitized.of(
                    c.array("chosen_log_probs"),
                    c.array("rejected_log_probs"),
                    c.array("chosen_mask"),
                    c.array("rejected_mask"),
                    c.number("ld_alpha"));
            return Result.of("chosen_logps", sums.chosenLogps()).and("rejected_logps", sums.rejectedLogps());
        });
        add(
                "wpo_weights",
                c -> Result.of(
                        "pair_weights", WpoWeights.of(c.array("logits"), c.integers("labels"), c.array("mask"))));
        addAll(new Card00ReferenceFreeLosses());
        addAll(new Card00UnpairedLosses());
        addAll(new Card00OnlineLosses());
    }

    private static double beta(Case c) {
        return c.number("beta", 0.1);
    }

    private static double smoothing(Case c) {
        return c.number("label_smoothing", 0);
    }

    private static FDivergence divergence(Case c) {
        String name = c.text("f_divergence", "reverse_kl");
        return switch (name) {
            case "reverse_kl" -> FDivergence.reverseKl();
            case "forward_kl" -> FDivergence.forwardKl();
            case "js_divergence" -> FDivergence.jensenShannon();
            case "alpha_divergence" -> FDivergence.alpha(c.number("f_alpha", 0.5));
            default ->
                throw Check.failure(
                        "f_divergence", "one of reverse_kl, forward_kl, js_divergence, alpha_divergence", name);
        };
    }

    private static CombinedPreference combined(Case c) {
        List<PreferenceLoss> parts = new ArrayList<>();
        for (JsonNode type : c.param("loss_types")) {
            Function<Case, PreferenceLoss> part = LOSSES.get(type.asText());
            if (part == null) {
                throw Check.failure("loss_types", "names out of " + LOSSES.keySet(), type.asText());
            }
            parts.add(part.apply(c));
        }
        List<Double> weights = new ArrayList<>();
        for (JsonNode weight : c.param("loss_weights")) {
            weights.add(Case.number(weight));
        }
        return new CombinedPreference(parts, weights);
    }

    private static Result paired(Case c, PreferenceLoss loss) {
        divergence(c); // an unknown name is a mistake in losses, too, that score nothing by it
        PairLogps pairs = new PairLogps(
                        c.array("policy_chosen_logps"),
                        c.array("policy_rejected_logps"),
                        c.array("ref_chosen_logps"),
                        c.array("ref_rejected_logps"))
                .withLengths(c.arrayOrNull("chosen_lengths"), c.arrayOrNull("rejected_lengths"));
        Result result = Result.of(c, loss, pairs, INPUTS);
        ImplicitRewards rewards = ImplicitRewards.of(pairs, beta(c));
        return result.and("chosen_rewards", rewards.chosen())
                .and("rejected_rewards", rewards.rejected())
                .andMetric("accuracy", "rewards/accuracies")
                .andMetric("margin", "rewards/margins");
    }
}
