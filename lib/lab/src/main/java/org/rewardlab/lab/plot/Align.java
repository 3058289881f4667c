package org.rewardlab.lab.plot;

/** Which part of a line of text stands at its position. */
enum Align {
    START(0),
    MIDDLE(0.5),
    END(1);

    private final double share;

    Align(double share) {
        this.share = share;
    }

    /** The share of the width that lies before the position. */
    double share() {
        return share;
    }
}
