package org.rewardlab.lab.plot;

/** Which way a quantity should go. */
public enum Better {
    LOWER,
    HIGHER;

    /** Whether a is better than b. */
    boolean than(double a, double b) {
        return this == HIGHER ? a > b : a < b;
    }
}
