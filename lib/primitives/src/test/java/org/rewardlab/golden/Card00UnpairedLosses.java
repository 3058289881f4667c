package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.preference.ApoZeroUnpaired;
import org.rewardlab.preference.Bco;
import org.rewardlab.preference.ImplicitRewards;
import org.rewardlab.preference.Kto;
import org.rewardlab.preference.UnpairedLogps;
import org.rewardlab.preference.UnpairedPreferenceLoss;
import org.rewardlab.reward.RunningMoments;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/** Card 00, section 3.6: losses on single responses. */
final class Card00UnpairedLosses extends Card {
    Card00UnpairedLosses() {
        add("kto", c -> {
            Kto loss = new Kto(beta(c), c.number("desirable_weight", 1), c.number("undesirable_weight", 1));
            return labelled(c, loss, responses(c).withKl(c.array("policy_kl_logps"), c.array("ref_kl_logps")));
        });
        add("apo_zero_unpaired", c -> {
            ApoZeroUnpaired loss =
                    new ApoZeroUnpaired(beta(c), c.number("desirable_weight", 1), c.number("undesirable_weight", 1));
            return labelled(c, loss, responses(c));
        });
        add("bco", Card00UnpairedLosses::bco);
        add("running_moments", c -> {
            RunningMoments moments = RunningMoments.initial();
            List<Double> means = new ArrayList<>();
            List<Double> deviations = new ArrayList<>();
            for (NDArray batch : c.arrays("batches")) {
                moments = moments.next(batch);
                means.add(moments.mean());
                deviations.add(moments.standardDeviation());
            }
            if (means.isEmpty()) {
                throw Check.failure("batches", "at least one batch", "none");
            }
            return Result.of("mean", means).and("std", deviations);
        });
    }

    private static double beta(Case c) {
        return c.number("beta", 0.1);
    }

    private static UnpairedLogps responses(Case c) {
        return new UnpairedLogps(c.array("policy_logps"), c.array("ref_logps"), c.array("labels"));
    }

    private static Result labelled(Case c, UnpairedPreferenceLoss loss, UnpairedLogps responses) {
        return Result.of(c, loss, responses, Map.of("logps", "policy_logps"))
                .andMetric("kl", "kl")
                .and("rewards", ImplicitRewards.of(responses, beta(c)));
    }

    private static Result bco(Case c) {
        Bco bco = new Bco(beta(c), c.number("min_density_ratio", 0.5), c.number("max_density_ratio", 10));
        NDArray chosen = c.array("policy_chosen_logps");
        UnpairedLogps responses = UnpairedLogps.of(
                        chosen,
                        c.array("ref_chosen_logps"),
                        c.array("policy_rejected_logps"),
                        c.array("ref_rejected_logps"))
                .withDesirableProbability(probability(c, chosen.size()));
        RunningMoments seen = new RunningMoments(c.number("running_mean", 0), 1, c.number("running_count", 1e-24));
        UnpairedPreferenceLoss loss = bco.at(bco.next(seen, responses));
        List.of(responses.logps(), responses.refLogps(), responses.labels()).forEach(c::own);
        NDArray rewards = c.own(ImplicitRewards.of(responses, beta(c)));
        Result result = Result.of(c, loss, responses, Map.of("logps", "all"))
                .andMetric("delta", "delta")
                .and("chosen_rewards", rewards.get(":" + chosen.size()))
                .and("rejected_rewards", rewards.get(chosen.size() + ":"));
        NDArray closed = result.gradients.remove("all");
        if (closed != null) {
            result.gradient("policy_chosen_logps", closed.get(":" + chosen.size()));
            result.gradient("policy_rejected_logps", closed.get(chosen.size() + ":"));
        }
        return result;
    }

    private static @Nullable NDArray probability(Case c, long desirable) {
        if (!c.has("rejected_prob_desirable")) {
            return null;
        }
        double[] rejected = c.vector("rejected_prob_desirable");
        double[] all = new double[(int) desirable + rejected.length];
        System.arraycopy(rejected, 0, all, (int) desirable, rejected.length);
        return c.own(Tensors.create(c.manager(), all, c.type(), all.length));
    }
}
