package org.rewardlab.lab.experiment;

/** Thrown between two updates of a run whose thread was interrupted; what the run had logged is kept. */
public final class InterruptedRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InterruptedRun(String message) {
        super(message);
    }

    /** Throws if the current thread is interrupted; its interrupted status stays set. */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedRun("the run was interrupted");
        }
    }
}
