package org.rewardlab.lab.plot;

/**
 * What a mark takes of one axis.
 *
 * @param low smallest value; above {@code high} when there is none
 * @param high largest value
 * @param tight whether the axis should end there, without room beyond
 */
record Extent(double low, double high, boolean tight) {
    static final Extent NONE = new Extent(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, false);

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
        return new Extent(low, high, false);
    }

    Extent tightened() {
        return new Extent(low, high, true);
    }

    boolean isEmpty() {
        return low > high;
    }

    Extent and(Extent other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        return new Extent(Math.min(low, other.low), Math.max(high, other.high), tight && other.tight);
    }
}
