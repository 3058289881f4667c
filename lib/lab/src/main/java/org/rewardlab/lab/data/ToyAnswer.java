package org.rewardlab.lab.data;

import java.util.ArrayList;
import java.util.List;

/**
 * An answer put together from parts, each of which adds its known share to the latent reward.
 *
 * @param text the answer
 * @param reward its latent reward, the sum of the shares
 */
record ToyAnswer(String text, double reward) {
    private static final double FRIENDLY = 0.8;
    private static final double CURT = -1.2;
    private static final double STEP = 1.0;
    private static final double REASON = 0.8;
    private static final double VAGUE = -0.8;
    private static final double FILLER = -1.0;
    private static final double OFFER = 0.4;
    private static final double EVASION = -1.2;

    private static final List<String> FRIENDLY_OPENINGS = List.of(
            "Gladly.", "Happy to help.", "Good question.", "Sure, with pleasure.", "Nice plan.", "Thanks for asking.");
    private static final List<String> CURT_OPENINGS = List.of(
            "Everybody knows that.", "Is that not obvious?", "Look it up.", "Not this again.", "What a question.");
    private static final List<String> VAGUENESS = List.of(
            "There are many ways.",
            "Just do what feels right.",
            "It depends on a lot of things.",
            "You will find out somehow.",
            "That is hard to say.");
    private static final List<String> FILLERS = List.of(
            "It is worth saying that many people have thought about this.",
            "As was already mentioned, one can look at this from several sides.",
            "Before we begin, let me note that every situation is different.",
            "In today's world this has become more and more important for all of us.",
            "Needless to say, opinions have always differed on such matters.",
            "At the end of the day, all of this comes down to what it comes down to.");
    private static final List<String> OFFERS =
            List.of("Tell me how it went.", "Ask again if you get stuck.", "Shall I go into detail?", "Good luck!");
    private static final List<String> EVASIONS = List.of(
            "You had better ask somebody else.",
            "I would rather not go into that.",
            "That is not for me to say.",
            "Maybe leave it be.");

    /** Draws an answer to a question on one subject; one in six talks about another subject, and what it says there is worth nothing. */
    static ToyAnswer draw(ToySubject asked, List<ToySubject> subjects, Draws draws) {
        ToySubject told = draws.chance(1.0 / 6) ? draws.pick(subjects) : asked;
        double worth = told.equals(asked) ? 1 : 0;
        Parts parts = new Parts();
        double opening = draws.uniform();
        if (opening < 0.35) {
            parts.add(draws.pick(FRIENDLY_OPENINGS), FRIENDLY);
        } else if (opening < 0.55) {
            parts.add(draws.pick(CURT_OPENINGS), CURT);
        }
        body(told, worth, draws, parts);
        double closing = draws.uniform();
        if (closing < 0.25) {
            parts.add(draws.pick(OFFERS), OFFER);
        } else if (closing < 0.4) {
            parts.add(draws.pick(EVASIONS), EVASION);
        }
        return parts.answer();
    }

    private static void body(ToySubject told, double worth, Draws draws, Parts parts) {
        if (draws.chance(0.2)) {
            parts.add(draws.pick(FILLERS), FILLER);
        }
        int steps = draws.below(4);
        if (steps == 0) {
            parts.add(draws.pick(VAGUENESS), VAGUE);
        }
        for (String step : told.steps().subList(0, steps)) {
            parts.add(step, worth * STEP);
        }
        if (draws.chance(0.3)) {
            parts.add(told.reason(), worth * REASON);
        }
        if (draws.chance(0.1)) {
            parts.add(draws.pick(FILLERS), FILLER);
        }
    }

    /** Sentences and what they are worth together. */
    private static final class Parts {
        private final List<String> sentences = new ArrayList<>();
        private double reward;

        void add(String sentence, double worth) {
            sentences.add(sentence);
            reward += worth;
        }

        ToyAnswer answer() {
            return new ToyAnswer(String.join(" ", sentences), reward);
        }
    }
}
