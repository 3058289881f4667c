package org.rewardlab.lab.plot;

/** Where a panel's legend stands. */
public enum LegendPlace {
    /** In an empty corner if there is one, else to the right or below. */
    AUTO,
    TOP_LEFT,
    TOP_RIGHT,
    BOTTOM_LEFT,
    BOTTOM_RIGHT,
    /** Beside the plot. */
    RIGHT,
    /** Under the plot. */
    BELOW,
    NONE;

    boolean isInside() {
        return this == TOP_LEFT || this == TOP_RIGHT || this == BOTTOM_LEFT || this == BOTTOM_RIGHT;
    }
}
