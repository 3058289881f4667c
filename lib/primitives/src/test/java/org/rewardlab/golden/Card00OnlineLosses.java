package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.preference.A2po;
import org.rewardlab.preference.JudgedSamples;
import org.rewardlab.preference.NashMd;
import org.rewardlab.preference.OnlinePairs;
import org.rewardlab.preference.ValuedSamples;
import org.rewardlab.preference.Xpo;
import org.rewardlab.tensor.Check;

/** Card 00, section 3.7: losses on fresh samples. */
final class Card00OnlineLosses extends Card {
    Card00OnlineLosses() {
        add("xpo", c -> {
            Xpo loss = new Xpo(c.number("beta", 0.1), c.number("alpha", 1e-5), kind(c.text("loss_type", "sigmoid")));
            OnlinePairs pairs = new OnlinePairs(
                    c.array("policy_model_data_log_probs"),
                    c.array("policy_ref_data_log_probs"),
                    c.array("ref_model_data_log_probs"),
                    c.array("ref_ref_data_log_probs"),
                    c.array("model_is_chosen"));
            return Result.of(
                    c,
                    loss,
                    pairs,
                    Map.of(
                            "policyOnModel",
                            "policy_model_data_log_probs",
                            "policyOnReference",
                            "policy_ref_data_log_probs"));
        });
        add(
                "nash_md",
                c -> Result.of(
                        c,
                        new NashMd(c.number("beta", 0.1)),
                        new JudgedSamples(
                                c.array("policy_log_probs"), c.array("ref_log_probs"), c.array("win_probability")),
                        Map.of("logps", "policy_log_probs")));
        add(
                "a2po",
                c -> Result.of(
                        c,
                        new A2po(c.number("beta2", 1e-3)),
                        new ValuedSamples(
                                c.array("policy_logps"), c.array("ref_logps"), c.array("rewards"), c.array("v_star")),
                        Map.of("logps", "policy_logps")));
    }

    private static Xpo.Kind kind(String name) {
        return switch (name) {
            case "sigmoid" -> Xpo.Kind.SIGMOID;
            case "ipo" -> Xpo.Kind.IPO;
            default -> throw Check.failure("loss_type", "sigmoid or ipo", name);
        };
    }
}
