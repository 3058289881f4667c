package org.rewardlab.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.Advantages;
import org.rewardlab.credit.Episodes;
import org.rewardlab.credit.EpisodicGae;
import org.rewardlab.credit.Gae;
import org.rewardlab.credit.Gpg;
import org.rewardlab.credit.GroupRelative;
import org.rewardlab.credit.GroupRelativeSteps;
import org.rewardlab.credit.MaxRl;
import org.rewardlab.credit.MultiRewardEstimator;
import org.rewardlab.credit.MultiRewardGroupRelative;
import org.rewardlab.credit.MultiRewardRloo;
import org.rewardlab.credit.Opo;
import org.rewardlab.credit.OptimalTokenBaseline;
import org.rewardlab.credit.PassAtK;
import org.rewardlab.credit.ReinforcePlusPlus;
import org.rewardlab.credit.ReinforcePlusPlusBaseline;
import org.rewardlab.credit.Remax;
import org.rewardlab.credit.Returns;
import org.rewardlab.credit.RewardBounds;
import org.rewardlab.credit.RewardTable;
import org.rewardlab.credit.Rloo;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.credit.StepRewards;
import org.rewardlab.reward.CosineLength;
import org.rewardlab.reward.OverlongPenalty;
import org.rewardlab.reward.RepetitionPenalty;
import org.rewardlab.reward.RewardTransform;
import org.rewardlab.reward.ScoredResponses;
import org.rewardlab.reward.StopProperly;
import org.rewardlab.tensor.Check;

/** Card 00, section 5. */
final class Card00Advantages extends Card {
    Card00Advantages() {
        critics();
        groups();
        severalRewards();
        shaping();
    }

    private void critics() {
        add("gae", c -> {
            Gae.MaskMode mode = named(c.text("mask_mode", "skip"), "mask_mode", Gae.MaskMode.values());
            return estimate(
                    new Gae(c.number("gamma", 1), c.number("lam", 1), mode, c.flag("whiten", false)),
                    rollouts(c).withValues(c.array("values")));
        });
        add(
                "gae_episodic",
                c -> result(new EpisodicGae(c.number("gamma", 0.99), c.number("lam", 0.95))
                        .estimate(new Episodes(
                                c.array("rewards"),
                                c.array("values"),
                                c.array("dones"),
                                c.array("next_value"),
                                c.array("next_done")))));
        add(
                "discounted_returns",
                c -> Result.of(
                        "returns",
                        Returns.discounted(c.array("token_rewards"), c.array("mask"), c.number("gamma", 1))));
        add("reinforce_plus_plus", c -> estimate(new ReinforcePlusPlus(c.number("gamma", 1)), rollouts(c)));
        add("remax_advantages", c -> {
            Rollouts rollouts = rollouts(c).withBaselines(c.array("reward_baselines"));
            return estimate(new Remax(), rollouts);
        });
    }

    private void groups() {
        add(
                "grpo_advantages",
                c -> estimate(new GroupRelative(c.flag("norm_by_std", true), c.number("eps", 1e-6)), grouped(c)));
        add("rloo_advantages", c -> {
            Rloo.Singleton singleton = named(c.text("singleton", "raw"), "singleton", Rloo.Singleton.values());
            return estimate(new Rloo(singleton), grouped(c));
        });
        add("reinforce_plus_plus_baseline", c -> estimate(new ReinforcePlusPlusBaseline(), grouped(c)));
        add(
                "grpo_passk_advantages",
                c -> estimate(new PassAtK(c.flag("norm_by_std", true), c.number("eps", 1e-6)), grouped(c)));
        add("opo_advantages", c -> estimate(new Opo(), grouped(c)));
        add("gpg_advantages", c -> estimate(new Gpg(c.number("f_norm", 1)), grouped(c)));
        add("maxrl_advantages", c -> Result.of("advantages", MaxRl.ofColumns(c.array("rewards"))));
        add("optimal_token_baseline", c -> {
            Rollouts rollouts = grouped(c)
                    .withOldLogps(c.array("old_log_probs"))
                    .withSquaredProbabilities(c.array("sum_pi_squared"));
            return estimate(
                    new OptimalTokenBaseline(c.flag("handle_zero_tail", false), c.number("eps", 1e-8)),
                    c.has("is_weights") ? rollouts.withIsWeights(c.array("is_weights")) : rollouts);
        });
        add(
                "grpo_process_advantages",
                c -> result(new GroupRelativeSteps(c.number("eps", 1e-6))
                        .estimate(new StepRewards(
                                c.array("step_rewards"),
                                c.integers("step_end"),
                                c.array("mask"),
                                c.integers("group_ids")))));
    }

    private void severalRewards() {
        add("multi_reward_group_advantages", c -> {
            MultiRewardEstimator estimator = new MultiRewardGroupRelative(
                    c.whole("num_generations"),
                    named(
                            c.text("aggregation", "sum_then_normalize"),
                            "aggregation",
                            MultiRewardGroupRelative.Order.values()),
                    named(c.text("scale_rewards", "group"), "scale_rewards", MultiRewardGroupRelative.Scale.values()),
                    c.number("eps", 1e-4));
            return Result.of("advantages", estimator.estimate(table(c)));
        });
        add("multi_reward_rloo_advantages", c -> {
            MultiRewardEstimator estimator = new MultiRewardRloo(
                    c.whole("num_generations"), c.flag("normalize_advantages", false), clip(c), c.number("beta", 0));
            return Result.of("advantages", estimator.estimate(table(c)));
        });
    }

    private void shaping() {
        add(
                "soft_overlong_punishment",
                c -> Result.of(
                        "rewards",
                        OverlongPenalty.punishment(c.array("lengths"), c.whole("max_length"), c.whole("cache"))));
        add(
                "dapo_overlong_penalty",
                c -> transform(
                        new OverlongPenalty(c.whole("max_length"), c.whole("buffer"), c.number("factor", 1)),
                        new ScoredResponses(c.array("rewards")).withLengths(c.array("lengths"))));
        add(
                "stop_properly_penalty",
                c -> transform(
                        new StopProperly(c.number("coef")),
                        new ScoredResponses(c.array("rewards")).withTruncated(c.array("truncated"))));
        add("repetition_penalty_reward", c -> {
            List<long[]> completions = new ArrayList<>();
            for (JsonNode row : c.input("completion_ids")) {
                if (!row.isArray()) {
                    throw Check.failure("completion_ids", "a list of ids for each completion", row);
                }
                completions.add(Case.ids("completion_ids", row));
            }
            return Result.of(
                    "rewards",
                    new RepetitionPenalty(c.whole("ngram_size", 3), c.number("max_penalty", -1)).rewards(completions));
        });
        add(
                "cosine_scaled_reward",
                c -> transform(
                        new CosineLength(
                                c.whole("max_length"),
                                c.number("min_value_wrong", -1),
                                c.number("max_value_wrong", -0.5),
                                c.number("min_value_correct", 0.5),
                                c.number("max_value_correct", 1)),
                        new ScoredResponses(c.array("correct")).withLengths(c.array("lengths"))));
    }

    private static Rollouts rollouts(Case c) {
        return Rollouts.of(c.array("token_rewards"), c.array("mask"));
    }

    private static Rollouts grouped(Case c) {
        return rollouts(c).withGroups(c.integers("group_ids"));
    }

    private static RewardTable table(Case c) {
        return new RewardTable(
                c.array("rewards_per_func"),
                c.array("reward_weights"),
                c.arrayOrNull("old_log_probs"),
                c.arrayOrNull("ref_log_probs"),
                c.arrayOrNull("mask"));
    }

    /** The bounds that a case may put on its rewards. */
    static @Nullable RewardBounds clip(Case c) {
        JsonNode bounds = c.param("reward_clip");
        return bounds.isArray() ? new RewardBounds(Case.number(bounds.get(0)), Case.number(bounds.get(1))) : null;
    }

    private static <E extends Enum<E>> E named(String name, String parameter, E[] valid) {
        for (E value : valid) {
            if (value.name().equalsIgnoreCase(name)) {
                return value;
            }
        }
        throw Check.failure(parameter, "one of " + List.of(valid), name);
    }

    private static Result transform(RewardTransform transform, ScoredResponses responses) {
        return Result.of("rewards", transform.transform(responses));
    }

    private static Result estimate(AdvantageEstimator estimator, Rollouts rollouts) {
        return result(estimator.estimate(rollouts));
    }

    private static Result result(Advantages advantages) {
        Result result = Result.of("advantages", advantages.advantages());
        return advantages.returns() == null ? result : result.and("returns", advantages.requireReturns());
    }
}
