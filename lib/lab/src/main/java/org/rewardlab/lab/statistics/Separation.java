package org.rewardlab.lab.statistics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How well a score tells marked things from the others.
 *
 * <p>Neither number changes when the scores go through an increasing function; equal scores are no guess in either's favour.
 */
public final class Separation {
    private Separation() {}

    /**
     * The area under the ROC curve: how often a marked thing scores higher than one that is not, ties counting one half; NaN where nothing
     * or everything is marked. Hanley and McNeil 1982.
     *
     * @throws IllegalArgumentException for scores that are NaN, or as many marks as scores are not there
     */
    public static double auroc(double[] scores, boolean[] marked) {
        Integer[] order = order(scores, marked);
        double wins = 0;
        long positives = 0;
        long negatives = 0;
        for (int from = 0; from < order.length; ) {
            int to = endOfTies(scores, order, from);
            long tied = count(marked, order, from, to);
            long others = to - from - tied;
            wins += others * (positives + tied / 2.0); // those above win, ties half
            positives += tied;
            negatives += others;
            from = to;
        }
        return positives == 0 || negatives == 0 ? Double.NaN : wins / ((double) positives * negatives);
    }

    /**
     * The average precision: the mean, over marked things, of the share of marked ones among those that score as high or higher; NaN where
     * nothing is marked. Scores that are all equal give the share of marked things.
     *
     * @throws IllegalArgumentException for scores that are NaN, or as many marks as scores are not there
     */
    public static double averagePrecision(double[] scores, boolean[] marked) {
        Integer[] order = order(scores, marked);
        double sum = 0;
        long positives = 0;
        for (int from = 0; from < order.length; ) {
            int to = endOfTies(scores, order, from);
            long tied = count(marked, order, from, to);
            positives += tied;
            sum += tied * (positives / (double) to);
            from = to;
        }
        return positives == 0 ? Double.NaN : sum / positives;
    }

    /** Places from the highest score to the lowest. */
    private static Integer[] order(double[] scores, boolean[] marked) {
        if (scores.length != marked.length) {
            throw new IllegalArgumentException(
                    "marked: expected " + scores.length + ", one for each score, got " + marked.length);
        }
        for (double score : scores) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("scores: expected numbers, got NaN");
            }
        }
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
        return order;
    }

    private static int endOfTies(double[] scores, Integer[] order, int from) {
        int to = from + 1;
        while (to < order.length && scores[order[to]] == scores[order[from]]) {
            to++;
        }
        return to;
    }

    private static long count(boolean[] marked, Integer[] order, int from, int to) {
        long count = 0;
        for (int i = from; i < to; i++) {
            count += marked[order[i]] ? 1 : 0;
        }
        return count;
    }
}
