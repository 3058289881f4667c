package org.rewardlab.lab.experiment;

import java.util.List;

/** Where a claim starts: {@code claim("PAR keeps what vanilla loses", runs.last("gold")).atLeast(par(), 1.8)}. */
public final class Claims {
    private Claims() {}

    /**
     * A claim about arms of an experiment.
     *
     * @param statement one sentence
     * @param results the numbers that the checks' arms refer to
     */
    public static Claim claim(String statement, Results results) {
        return new Claim(statement, results, List.of(), Scale.current());
    }

    /** A claim whose checks bring their own numbers: {@code claim("...").atLeast("accuracy", accuracy, 0.7)}. */
    public static Claim claim(String statement) {
        return claim(statement, Results.none());
    }
}
