package org.rewardlab.lab.plot;

/**
 * What a mark takes of one axis.
 *
 * @param low smallest value; above {@code high} when there is none
 * @param high largest value
 * @param tightLow whether the axis should start right there, without room before
 * @param tightHigh whether the axis should end right there, without room beyond
 */
record Extent(double low, double high, boolean tightLow, boolean tightHigh) {
    static final Extent NONE = new Extent(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, false, false);

    /** Of all values that an axis can show: finite, and above zero on a logarithmic one. */
    static Extent of(boolean log, double... values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value) && (!log || value > 0)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return new Extent(low, high, false, false);
    }

    /** Of the places of a curve, with room for the markers of a short one. */
    static Extent along(boolean log, double... places) {
        Extent all = of(log, places);
        return places.length <= Curve.MARKED_POINTS ? all : all.tightened();
    }

    /** From one value to another with no room around. */
    static Extent exactly(double low, double high) {
        return new Extent(low, high, true, true);
    }

    Extent tightened() {
        return new Extent(low, high, true, true);
    }

    /** With zero in it, and no room beyond zero where that is an end: how bars stand. */
    Extent fromZero() {
        double from = Math.min(0, low);
        double to = Math.max(0, high);
        return new Extent(from, to, from == 0, to == 0);
    }

    boolean isEmpty() {
        return low > high;
    }

    /** Both together; each end is as tight as the one that reaches further. */
    Extent and(Extent other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        boolean lowMine = low < other.low || (low == other.low && tightLow);
        boolean highMine = high > other.high || (high == other.high && tightHigh);
        return new Extent(
                Math.min(low, other.low),
                Math.max(high, other.high),
                lowMine ? tightLow : other.tightLow,
                highMine ? tightHigh : other.tightHigh);
    }
}
