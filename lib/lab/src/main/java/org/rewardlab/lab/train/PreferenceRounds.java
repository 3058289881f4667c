package org.rewardlab.lab.train;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Check;

/**
 * The loop that iterative preference optimization shares, on any policy: in each round the policy is sampled, what it gave is
 * labelled, what is learnt from is selected, and the policy learns. A paper supplies labels, selection and loss.
 *
 * <pre>{@code
 * var rounds = new PreferenceRounds<SoftmaxTable, int[], double[], Pairs>(
 *         now -> draw(now.policy(), 200, now.random()),
 *         (now, responses) -> judge(responses),
 *         (now, responses, scores) -> bestAndWorst(responses, scores),
 *         (now, pairs) -> descend(now.policy(), PreferenceLoss.dpo(0.1), pairs));
 * for (var round : rounds.from(start, 12, random)) { ... }
 * }</pre>
 *
 * <p>{@link PreferenceLoop} puts these parts together for a language model. A part that is null is rejected, and so is a round that
 * learns no policy. Whether learning changes the policy or gives another one is the part's own affair.
 *
 * @param sample what the policy of the round gives
 * @param label what is said of it
 * @param select what of it is learnt from
 * @param learn the policy after the round
 * @param <P> a policy
 * @param <S> samples of a round
 * @param <L> labels of the samples
 * @param <D> data to learn from
 */
public record PreferenceRounds<P, S, L, D>(
        Sample<P, S> sample, Label<P, S, L> label, Select<P, S, L, D> select, Learn<P, D> learn) {

    public PreferenceRounds {
        require("sample", sample);
        require("label", label);
        require("select", select);
        require("learn", learn);
    }

    /**
     * Where a loop stands.
     *
     * @param number of the round, from 1
     * @param policy of the round
     * @param before the policy of the round before; in the first round that of the round itself
     * @param random draws what is drawn
     */
    public record Now<P>(int number, P policy, P before, RandomGenerator random) {}

    /**
     * All of one round.
     *
     * @param now where it began
     * @param samples of the policy
     * @param labels of the samples
     * @param data that was learnt from
     * @param next the policy after it
     */
    public record Round<P, S, L, D>(Now<P> now, S samples, L labels, D data, P next) {}

    /** Samples the policy. */
    @FunctionalInterface
    public interface Sample<P, S> {
        /** What it gives. */
        S from(Now<P> now);
    }

    /** Says which samples are better: a reward, a judge, the policy itself. */
    @FunctionalInterface
    public interface Label<P, S, L> {
        /** What is said of samples. */
        L of(Now<P> now, S samples);
    }

    /** Chooses what is learnt from. */
    @FunctionalInterface
    public interface Select<P, S, L, D> {
        /** The pairs, or whatever else is learnt from. */
        D of(Now<P> now, S samples, L labels);
    }

    /** Learns from what was chosen. */
    @FunctionalInterface
    public interface Learn<P, D> {
        /** The policy afterwards. */
        P on(Now<P> now, D data);
    }

    /** One round from where a loop stands. */
    public Round<P, S, L, D> round(Now<P> now) {
        S samples = sample.from(now);
        L labels = label.of(now, samples);
        D data = select.of(now, samples, labels);
        P next = learn.on(now, data);
        return new Round<>(now, samples, labels, data, require("learn", next));
    }

    /** The policy after one round. */
    public P next(P policy, RandomGenerator random) {
        return round(new Now<>(1, policy, policy, random)).next();
    }

    /**
     * So many rounds, each begun when it is asked for: leaving the loop leaves the rest undone. What is asked for again begins again.
     *
     * @param start the first policy
     * @param rounds how many, at least 0
     */
    public Iterable<Round<P, S, L, D>> from(P start, int rounds, RandomGenerator random) {
        Check.atLeast("rounds", rounds, 0);
        return () -> new Iterator<>() {
            private Now<P> now = new Now<>(1, start, start, random);

            @Override
            public boolean hasNext() {
                return now.number() <= rounds;
            }

            @Override
            public Round<P, S, L, D> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("there are " + rounds + " rounds");
                }
                Round<P, S, L, D> done = round(now);
                now = new Now<>(now.number() + 1, done.next(), now.policy(), random);
                return done;
            }
        };
    }

    private static <T> T require(String name, T part) {
        if (part == null) {
            throw Check.failure(name, "a part of the loop, and from learn a policy", "null");
        }
        return part;
    }
}
