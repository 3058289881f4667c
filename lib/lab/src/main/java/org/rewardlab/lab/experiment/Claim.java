package org.rewardlab.lab.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Displayable;
import org.rewardlab.lab.statistics.Bootstrap;
import org.rewardlab.lab.statistics.Digits;
import org.rewardlab.lab.statistics.Interval;
import org.rewardlab.lab.statistics.Summary;

/**
 * A statement and the checks that bear it out, on results over seeds. A claim is a value that each check returns anew, and
 * it never throws: what can't be judged (an unknown arm, a missing value, no check at all) fails and says why.
 *
 * <p>A level ({@code atLeast}, {@code atMost}, {@code between}) is judged by the mean over seeds. A difference is judged
 * by the lower end of its 95 % bootstrap interval, paired over seeds, so that one lucky seed can't carry it; with one seed
 * by the difference itself. At scale smoke all is computed and nothing judged.
 *
 * @param statement what is claimed, one sentence
 * @param results the numbers that arms in checks refer to
 * @param checks what was checked so far
 * @param scale the scale the claim was made at
 */
public record Claim(String statement, Results results, List<ClaimCheck> checks, Scale scale) implements Displayable {
    /** The MIME type of {@link #json()}, which headless runs read. */
    public static final String MIME = "application/vnd.rewardlab.claim+json";

    private static final Bootstrap BOOTSTRAP = Bootstrap.standard();

    public Claim {
        checks = List.copyOf(checks);
    }

    /** The mean of an arm is at least {@code bound}. */
    public Claim atLeast(Object arm, double bound) {
        return level(arm, "at least " + text(bound), mean -> mean - bound);
    }

    /** The mean of an arm is at most {@code bound}. */
    public Claim atMost(Object arm, double bound) {
        return level(arm, "at most " + text(bound), mean -> bound - mean);
    }

    /** The mean of an arm lies between two bounds, both included. */
    public Claim between(Object arm, double low, double high) {
        return level(arm, betweenWords(low, high), mean -> Math.min(mean - low, high - mean));
    }

    /** A number with its own name is at least {@code bound}. */
    public Claim atLeast(String what, double value, double bound) {
        return number(what, value, "at least " + text(bound), value - bound);
    }

    /** A number with its own name is at most {@code bound}. */
    public Claim atMost(String what, double value, double bound) {
        return number(what, value, "at most " + text(bound), bound - value);
    }

    /** A number with its own name lies between two bounds, both included. */
    public Claim between(String what, double value, double low, double high) {
        return number(what, value, betweenWords(low, high), Math.min(value - low, high - value));
    }

    /** The lower end of an interval, such as an accuracy's, is at least {@code bound}. */
    public Claim atLeast(String what, Interval found, double bound) {
        double judged = found.known() ? found.low() : found.estimate();
        String problem = Double.isNaN(judged) ? "the value is NaN" : null;
        double margin = judged - bound;
        return with(new ClaimCheck(what, found, "at least " + text(bound), margin, 0, margin >= 0, problem));
    }

    /** Arm {@code a} is better than arm {@code b} by at least {@code bound}: the mean of a - b over the same seeds. */
    public Claim differenceAtLeast(Object a, Object b, double bound) {
        String relation = "at least " + text(bound);
        String what = named(a) + " − " + b;
        return attempt(what, relation, () -> difference(what, a, b, bound, relation));
    }

    /** Anything else that is true or false; an exception thrown while finding out is a failure with its message. */
    public Claim that(String what, BooleanSupplier condition) {
        return attempt(what, "true", () -> {
            boolean holds = condition.getAsBoolean();
            return new ClaimCheck(what, Interval.unknown(0.95), holds ? "true" : "false", Double.NaN, 0, holds, null);
        });
    }

    /** Holds when every check holds and there is at least one; not judged at scale smoke. */
    public Verdict verdict() {
        if (!scale.judges()) {
            return Verdict.NOT_JUDGED;
        }
        boolean holds = !checks.isEmpty() && checks.stream().allMatch(ClaimCheck::holds);
        return holds ? Verdict.HOLDS : Verdict.FAILS;
    }

    /** The smallest number of seeds that a check rests on; 0 where none counts seeds. */
    public int seeds() {
        return checks.stream()
                .mapToInt(ClaimCheck::seeds)
                .filter(n -> n > 0)
                .min()
                .orElse(0);
    }

    private Claim level(Object arm, String relation, Margin margin) {
        String what = named(arm);
        return attempt(what, relation, () -> {
            double[] values = results.of(arm);
            String problem = missing(values);
            Interval found = BOOTSTRAP.mean(values);
            double room = margin.of(found.estimate());
            return new ClaimCheck(what, found, relation, room, values.length, problem == null && room >= 0, problem);
        });
    }

    private ClaimCheck difference(String what, Object a, Object b, double bound, String relation) {
        double[] first = results.of(a);
        double[] second = results.of(b);
        if (first.length != second.length) {
            String counts = "expected the same seeds, got " + first.length + " and " + second.length;
            return ClaimCheck.failed(what, relation, counts);
        }
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        String problem = missing(differences);
        Interval found = BOOTSTRAP.mean(differences);
        double room = (found.known() ? found.low() : found.estimate()) - bound;
        return new ClaimCheck(what, found, relation, room, first.length, problem == null && room >= 0, problem);
    }

    private static @Nullable String missing(double[] values) {
        if (values.length == 0) {
            return "no run gave a value";
        }
        int missing = Summary.missing(values);
        return missing == 0 ? null : missing + " of " + values.length + " seeds gave no number (NaN)";
    }

    private Claim number(String what, double value, String relation, double margin) {
        Interval found = new Interval(value, Double.NaN, Double.NaN, 0.95);
        String problem = Double.isNaN(margin) ? "the value is NaN" : null;
        return with(new ClaimCheck(what, found, relation, margin, 0, margin >= 0, problem));
    }

    private Claim attempt(String what, String relation, Supplier<ClaimCheck> check) {
        try {
            return with(check.get());
        } catch (RuntimeException | AssertionError e) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return with(ClaimCheck.failed(what, relation, message));
        }
    }

    private Claim with(ClaimCheck check) {
        List<ClaimCheck> more = new ArrayList<>(checks);
        more.add(check);
        return new Claim(statement, results, more, scale);
    }

    private String named(Object arm) {
        return results.metric().isEmpty() ? String.valueOf(arm) : results.metric() + " of " + arm;
    }

    private static String betweenWords(double low, double high) {
        return "between " + text(low) + " and " + text(high);
    }

    private static String text(double bound) {
        return Digits.significant(bound, 6);
    }

    /** The claim as one JSON object: statement, verdict, scale, seeds, checks. */
    public String json() {
        return ClaimText.json(this);
    }

    /** The claim as HTML: a coloured line and its numbers, readable on light and dark pages. */
    public String html() {
        return ClaimText.html(this);
    }

    @Override
    public Map<String, Object> mimeBundle() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/plain", toString());
        bundle.put("text/html", html());
        bundle.put(MIME, json());
        return bundle;
    }

    @Override
    public String toString() {
        return ClaimText.plain(this);
    }

    /** How far inside its bound a number lies. */
    @FunctionalInterface
    private interface Margin {
        double of(double estimate);
    }
}
