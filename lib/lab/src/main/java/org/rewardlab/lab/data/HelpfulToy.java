package org.rewardlab.lab.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A preference set of our own making whose truth is known: questions from everyday life, each with two answers put together from better and worse
 * parts. The latent reward of an answer is the sum of what its parts are worth, and the preferred one of two answers is drawn by the model of Bradley
 * and Terry (1952), {@code P(a over b) = sigmoid(reward(a) - reward(b))}.
 *
 * <p>Longer answers tend to be better, because they say more; yet filler makes them longer and worse, so that length alone is a poor judge.
 *
 * @param pairs how many pairs to make, at least 1
 * @param seed the same seed gives the same pairs on every Java version
 */
public record HelpfulToy(int pairs, long seed) {
    public HelpfulToy {
        if (pairs < 1) {
            throw new IllegalArgumentException("pairs: expected at least 1, came " + pairs);
        }
    }

    /** The set that {@code datasets/helpful-toy.jsonl} holds. */
    public static HelpfulToy standard() {
        return new HelpfulToy(2000, 1952);
    }

    /**
     * A pair and what only its maker knows.
     *
     * @param pair question, preferred and other answer
     * @param topic what the question is about
     * @param latentMargin latent reward of the preferred answer less that of the other one; below zero where chance overruled it
     */
    public record Row(PreferencePair pair, String topic, double latentMargin) {}

    /** All rows, in order. */
    public List<Row> rows() {
        List<ToySubject> subjects = ToySubject.all();
        Draws draws = new Draws(seed);
        List<Row> rows = new ArrayList<>(pairs);
        while (rows.size() < pairs) {
            rows.add(row(subjects, draws));
        }
        return rows;
    }

    private static Row row(List<ToySubject> subjects, Draws draws) {
        ToySubject subject = draws.pick(subjects);
        String question = subject.question(draws);
        ToyAnswer one = ToyAnswer.draw(subject, subjects, draws);
        ToyAnswer other = ToyAnswer.draw(subject, subjects, draws);
        while (other.text().equals(one.text())) {
            other = ToyAnswer.draw(subject, subjects, draws);
        }
        boolean first = draws.chance(sigmoid(one.reward() - other.reward()));
        ToyAnswer chosen = first ? one : other;
        ToyAnswer rejected = first ? other : one;
        return new Row(
                new PreferencePair(question, chosen.text(), rejected.text()),
                subject.topic(),
                Math.round(10 * (chosen.reward() - rejected.reward())) / 10.0);
    }

    /** The accuracy that the best judge of all can expect: the mean of {@code sigmoid(|latent margin|)}. */
    public double bayesAccuracy() {
        return rows().stream()
                .mapToDouble(row -> sigmoid(Math.abs(row.latentMargin())))
                .average()
                .orElseThrow();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }
}
