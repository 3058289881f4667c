package org.rewardlab.lab.generate;

/** Thrown where sampling was interrupted between two chunks of tokens; the model is as it was. */
public final class SamplingInterrupted extends RuntimeException {
    private static final long serialVersionUID = 1;

    SamplingInterrupted(int tokens) {
        super("sampling was interrupted after " + tokens + " tokens a row");
    }
}
