package org.rewardlab.reward;

import java.io.Serializable;
import java.util.List;
import org.rewardlab.tensor.Check;

/**
 * A table that turns a detector's label of a sentence into its reward. Shi et al. 2021 (Refine and Imitate), section 3.3, constants
 * of the released code.
 *
 * <p>The first rule that applies: the human's own sentence; a length of at most {@code minLength} or at least {@code maxLength}; a
 * sentence that failed; one that passed where too few did; then by strategy, if strategies earn a bonus; else accepted.
 *
 * @param values the rewards of the table
 * @param strategyBonus whether strategies are told apart
 * @param minLength up to which length a sentence is too short, in words
 * @param maxLength from which length on it is too long, above minLength
 */
public record SentenceReward(Values values, boolean strategyBonus, int minLength, int maxLength)
        implements Serializable {

    /**
     * The rewards of the table, all finite.
     *
     * @param human of the human's own sentence
     * @param badLength of one too short or too long
     * @param reject of a repetition or an inconsistency
     * @param backup of one that passed where too few did
     * @param persuasive of a persuasive one
     * @param inquiry of an inquiry
     * @param accept of any other that passed
     */
    public record Values(
            double human,
            double badLength,
            double reject,
            double backup,
            double persuasive,
            double inquiry,
            double accept)
            implements Serializable {
        public Values {
            Check.finite("human", human);
            Check.finite("badLength", badLength);
            Check.finite("reject", reject);
            Check.finite("backup", backup);
            Check.finite("persuasive", persuasive);
            Check.finite("inquiry", inquiry);
            Check.finite("accept", accept);
        }

        /** 10, -3, -2, 0.5, 4, 2 and 2. */
        public Values() {
            this(10, -3, -2, 0.5, 4, 2, 2);
        }
    }

    public SentenceReward {
        Check.atLeast("minLength", minLength, 0);
        Check.atLeast("maxLength", maxLength, minLength + 1L);
    }

    /** The published table, with the bonus, for sentences of 3 to 49 words. */
    public SentenceReward() {
        this(new Values(), true, 2, 50);
    }

    /**
     * The reward of one sentence.
     *
     * @param enoughCandidates whether enough of the samples of its turn passed
     */
    public double reward(JudgedSentence sentence, boolean enoughCandidates) {
        if (sentence.status() == JudgedSentence.Status.HUMAN) {
            return values.human;
        } else if (sentence.length() <= minLength || sentence.length() >= maxLength) {
            return values.badLength;
        } else if (sentence.status() == JudgedSentence.Status.FAIL) {
            return values.reject;
        } else if (!enoughCandidates) {
            return values.backup;
        } else if (!strategyBonus) {
            return values.accept;
        }
        return switch (sentence.strategy()) {
            case PERSUASIVE -> values.persuasive;
            case INQUIRY -> values.inquiry;
            case NONE -> values.accept;
        };
    }

    /** The rewards of the sentences of one turn, in order; rejects none. */
    public double[] rewards(List<JudgedSentence> sentences, boolean enoughCandidates) {
        if (sentences.isEmpty()) {
            throw Check.failure("sentences", "at least one sentence", "none");
        }
        return sentences.stream()
                .mapToDouble(sentence -> reward(sentence, enoughCandidates))
                .toArray();
    }
}
