package org.rewardlab.workbench.render;

import java.time.Duration;
import org.rewardlab.lab.statistics.Digits;

/** Times as people say them. */
public final class Durations {

    private Durations() {}

    /** Such as {@code 12.3 µs}, {@code 1.25 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String text(Duration duration) {
        if (duration.isNegative()) {
            return "-" + text(duration.negated());
        }
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return nanos((double) duration.toNanos());
        }
        long seconds = duration.toSeconds();
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
    }

    /** A time below a minute in its natural unit, with three significant digits. */
    public static String nanos(double nanos) {
        if (nanos < 1e3) {
            return Digits.significant(nanos, 3) + " ns";
        }
        if (nanos < 1e6) {
            return Digits.significant(nanos / 1e3, 3) + " µs";
        }
        return nanos < 1e9 ? Digits.significant(nanos / 1e6, 3) + " ms" : Digits.significant(nanos / 1e9, 3) + " s";
    }
}
