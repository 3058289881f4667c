package org.rewardlab.lab.plot;

import java.util.List;
import java.util.Optional;

/** One thing drawn in a panel: a line, a band, bars, points, cells. Immutable. */
interface Mark {
    Extent x(boolean log);

    Extent y(boolean log);

    void paint(Canvas canvas, Frame frame, Palette palette);

    /** The numbers behind it. */
    void numbers(NumberTable table);

    /** What is drawn before what. */
    enum Layer {
        AREA,
        LINE,
        TEXT
    }

    default Layer layer() {
        return Layer.LINE;
    }

    /** Names whose style it uses, in order. */
    default List<String> labels() {
        return List.of();
    }

    /** What stands for it in the legend. */
    default Optional<Key> key() {
        return Optional.empty();
    }

    /** What is not cut off at the plot area: points on its border, a colour bar beside it. */
    default void paintOutside(Canvas canvas, Frame frame, Palette palette) {}

    /** Pixels to the right of the plot area that {@link #paintOutside} needs. */
    default double roomAtRight() {
        return 0;
    }

    /** How many of its values can't be drawn. */
    default int missing(boolean logX, boolean logY) {
        return 0;
    }

    /** Values that are not finite, or not above zero on a logarithmic axis. */
    static int missing(boolean log, double... values) {
        int missing = 0;
        for (double value : values) {
            missing += Double.isFinite(value) && (!log || value > 0) ? 0 : 1;
        }
        return missing;
    }
}
