package org.rewardlab.lab.train;

import java.util.Arrays;
import java.util.Collection;
import org.rewardlab.lab.statistics.Interval;
import org.rewardlab.lab.statistics.Proportion;

/** How a judge ranks pairs whose better side is known: for each, by how much it puts the chosen response above the other. */
public final class Ranking {
    private final double[] margins;

    private Ranking(double[] margins) {
        this.margins = margins;
    }

    /**
     * A ranking by score differences, chosen less rejected.
     *
     * @throws IllegalArgumentException if there are none or one is NaN
     */
    public static Ranking of(double[] margins) {
        if (margins.length == 0) {
            throw new IllegalArgumentException("margins: expected at least one, came none");
        }
        if (Arrays.stream(margins).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("margins: expected numbers, came NaN");
        }
        return new Ranking(margins.clone());
    }

    /** Several rankings as one, in order: those of other seeds or judges. */
    public static Ranking pooled(Collection<Ranking> rankings) {
        return of(rankings.stream()
                .flatMapToDouble(ranking -> Arrays.stream(ranking.margins))
                .toArray());
    }

    /** The number of pairs. */
    public int pairs() {
        return margins.length;
    }

    /** By how much the chosen response stands above the other, pair by pair. */
    public double[] margins() {
        return margins.clone();
    }

    /** The share of pairs ranked rightly; a tie counts half. */
    public double accuracy() {
        return Arrays.stream(margins)
                .map(m -> m > 0 ? 1 : m < 0 ? 0 : 0.5)
                .average()
                .orElseThrow();
    }

    /** The accuracy with its 95 % Wilson interval; ties count half, together rounded to whole pairs. */
    public Interval interval() {
        return Proportion.wilson(Math.round(accuracy() * pairs()), pairs());
    }

    /** The mean of {@link #margins()}. */
    public double meanMargin() {
        return Arrays.stream(margins).average().orElseThrow();
    }

    /** The Bradley-Terry loss, the mean of {@code -log sigmoid(margin)}; log 2 for a judge that knows nothing. */
    public double loss() {
        return Arrays.stream(margins)
                .map(m -> Math.max(-m, 0) + Math.log1p(Math.exp(-Math.abs(m))))
                .average()
                .orElseThrow();
    }

    /** How sure the judge is of each ranking, {@code sigmoid(|margin|)}, from 0.5 to 1: one axis of a reliability diagram. */
    public double[] confidence() {
        return Arrays.stream(margins).map(m -> 1 / (1 + Math.exp(-Math.abs(m)))).toArray();
    }

    /** Whether each ranking is right: the other axis of a reliability diagram; ties are not. */
    public boolean[] correct() {
        boolean[] correct = new boolean[margins.length];
        for (int i = 0; i < margins.length; i++) {
            correct[i] = margins[i] > 0;
        }
        return correct;
    }

    @Override
    public String toString() {
        return "accuracy " + interval() + " on " + pairs() + " pairs";
    }
}
