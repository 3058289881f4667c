package org.rewardlab.lab.plot;

/** Room around the area between the axes, in pixels. */
record Margins(double top, double left, double bottom, double right) {
    static final Margins NONE = new Margins(0, 0, 0, 0);

    Margins largest(Margins other) {
        return new Margins(
                Math.max(top, other.top),
                Math.max(left, other.left),
                Math.max(bottom, other.bottom),
                Math.max(right, other.right));
    }
}
