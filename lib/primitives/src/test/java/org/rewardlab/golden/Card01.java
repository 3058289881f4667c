package org.rewardlab.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rewardlab.credit.BufferAdvantage;
import org.rewardlab.credit.RewardBuffer;
import org.rewardlab.policy.LengthNormalizedPpo;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.reward.JudgedSentence;
import org.rewardlab.reward.SentenceReward;
import org.rewardlab.select.ResponseCandidates;
import org.rewardlab.select.ResponseSelection;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.text.JaccardRepetition;
import org.rewardlab.text.RepetitionMatch;

/** Refine and Imitate. */
final class Card01 extends Card {
    Card01() {
        add("jaccard_repetition", c -> {
            List<long[]> contexts = new ArrayList<>();
            given(c, "contexts").forEach(context -> contexts.add(Case.ids("contexts", context)));
            Set<Long> stopWords = new TreeSet<>();
            for (long id : Case.ids("stop_words", c.input("stop_words"))) {
                stopWords.add(id);
            }
            RepetitionMatch match = new JaccardRepetition(c.number("threshold", 0.5), c.whole("min_tokens", 3))
                    .detect(Case.ids("candidate", given(c, "candidate")), contexts, stopWords);
            return Result.of("is_repetition", match.repetition())
                    .and("max_ratio", match.maxRatio())
                    .and("ratios", match.ratios());
        });
        add("sentence_reward", c -> {
            SentenceReward.Values values = new SentenceReward.Values(
                    c.number("human", 10),
                    c.number("bad_length", -3),
                    c.number("reject", -2),
                    c.number("backup", 0.5),
                    c.number("persuasive", 4),
                    c.number("inquiry", 2),
                    c.number("accept", 2));
            SentenceReward table = new SentenceReward(
                    values, c.flag("strategy_bonus", true), c.whole("min_len", 2), c.whole("max_len", 50));
            return Result.of("rewards", table.rewards(sentences(c), c.flag("enough_candidates", true)));
        });
        add(
                "buffer_advantage",
                c -> Result.of(
                        "advantages",
                        new BufferAdvantage(c.number("clip", 2), c.number("eps", 1e-5))
                                .estimate(
                                        c.array("rewards"),
                                        RewardBuffer.initial()
                                                .next(
                                                        c.has("buffer")
                                                                ? Tensors.toDoubles(c.array("buffer"))
                                                                : new double[0]))));
        add("length_normalized_ppo_loss", Card01::ppo);
        add("select_response", c -> {
            ResponseCandidates candidates = new ResponseCandidates(
                    c.array("conflict_scores"), c.array("passed"), c.arrayOrNull("imitation_scores"));
            ResponseSelection.Strategy strategy =
                    Names.find("strategy", c.text("strategy"), ResponseSelection.Strategy.values());
            return Result.of("probabilities", new ResponseSelection(strategy).probabilities(candidates));
        });
    }

    private static Result ppo(Case c) {
        LengthNormalizedPpo loss = new LengthNormalizedPpo(
                c.number("clip", 0.2),
                c.number("kl_coef", 0.01),
                Names.find("kl", c.text("kl", "squared"), LengthNormalizedPpo.Distance.values()));
        PolicyBatch batch = PolicyBatch.ofSequences(
                        c.array("logps"), c.array("old_logps"), c.array("advantages"), c.array("mask"))
                .withRefLogps(c.arrayOrNull("ref_logps"));
        c.own(batch.advantages());
        return Result.of(c, loss, batch, Map.of("logps", "logps"))
                .andMetric("policy_loss", "policy_loss")
                .andMetric("kl_penalty", "kl_penalty")
                .and("ratio", loss.ratios(batch));
    }

    private static List<JudgedSentence> sentences(Case c) {
        JsonNode status = c.input("status");
        JsonNode strategy = c.input("strategy");
        double[] length = c.numbers("length");
        if (status.size() != length.length || strategy.size() != length.length) {
            throw Check.failure("length", status.size() + " lengths", length.length);
        }
        List<JudgedSentence> sentences = new ArrayList<>();
        for (int i = 0; i < length.length; i++) {
            sentences.add(new JudgedSentence(
                    Names.find("status", status.get(i).asText(), JudgedSentence.Status.values()),
                    Names.find("strategy", strategy.get(i).asText(), JudgedSentence.Strategy.values()),
                    Case.whole("length", length[i])));
        }
        return sentences;
    }

    private static JsonNode given(Case c, String name) {
        if (!c.has(name)) {
            throw Check.failure(name, "an input of that name", "none");
        }
        return c.input(name);
    }
}
