package org.rewardlab.lab.experiment;

/** What checking a claim gave. */
public enum Verdict {
    HOLDS("holds"),
    FAILS("fails"),
    /** Computed, but at a scale too small to mean anything. */
    NOT_JUDGED("not judged");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
