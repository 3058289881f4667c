package org.rewardlab.lab.experiment;

/** A run that ended with an exception; its message names arm and seed, its cause is what happened. */
public final class FailedRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String arm;
    private final int index;
    private final long seed;

    FailedRun(String arm, int index, long seed, Throwable cause) {
        super("arm " + arm + ", seed number " + index + " (" + seed + "): " + cause, cause);
        this.arm = arm;
        this.index = index;
        this.seed = seed;
    }

    /** The arm as it prints itself. */
    public String arm() {
        return arm;
    }

    /** Which of the seeds, from 0. */
    public int index() {
        return index;
    }

    /** The seed itself, to run it again alone. */
    public long seed() {
        return seed;
    }
}
