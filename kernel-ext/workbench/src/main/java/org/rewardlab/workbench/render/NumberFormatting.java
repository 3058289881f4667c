package org.rewardlab.workbench.render;

import java.util.Locale;
import org.rewardlab.lab.statistics.Digits;

/** How the numbers of one block are written: all with as many decimals as four significant digits of the largest need. */
record NumberFormatting(Kind kind, int decimals) {

    /** What the numbers are. */
    enum Kind {
        REAL,
        WHOLE,
        TRUTH
    }

    private static final int DIGITS = 4;
    private static final int SCIENTIFIC = -1;

    /** The common format of a block of numbers. */
    static NumberFormatting of(Kind kind, double[][] values) {
        if (kind != Kind.REAL) {
            return new NumberFormatting(kind, 0);
        }
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (double[] row : values) {
            for (double value : row) {
                double size = Math.abs(value);
                if (size > 0 && Double.isFinite(size)) {
                    largest = Math.max(largest, size);
                    smallest = Math.min(smallest, size);
                }
            }
        }
        if (largest == 0) {
            return new NumberFormatting(kind, 0);
        }
        if (largest >= 1e7 || largest < 1e-4 || smallest < largest * 1e-5) {
            return new NumberFormatting(kind, SCIENTIFIC);
        }
        int decimals = Math.max(0, DIGITS - 1 - (int) Math.floor(Math.log10(largest)));
        return new NumberFormatting(kind, needed(values, decimals));
    }

    /** Decimals without the zeros that all numbers end with. */
    private static int needed(double[][] values, int most) {
        for (int decimals = most; decimals > 0; decimals--) {
            for (double[] row : values) {
                for (double value : row) {
                    if (Double.isFinite(value) && !Digits.fixed(value, decimals).endsWith("0")) {
                        return decimals;
                    }
                }
            }
        }
        return 0;
    }

    /** One number with a true minus sign. */
    String text(double value) {
        return switch (kind) {
            case TRUTH -> value != 0 ? "true" : "false";
            case WHOLE -> minus(String.format(Locale.ROOT, "%.0f", value));
            case REAL ->
                minus(
                        !Double.isFinite(value)
                                ? infinite(value)
                                : decimals == SCIENTIFIC ? shortest(value) : Digits.fixed(value + 0.0, decimals));
        };
    }

    /** Four significant digits, all of those before the point, and an exponent from ten million on. */
    static String shortest(double value) {
        if (!(Math.abs(value) >= 1e7) || Double.isInfinite(value)) {
            return Math.abs(value) >= 1e3 ? Digits.fixed(value, 0) : Digits.significant(value, DIGITS);
        }
        int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
        return Digits.significant(value / Math.pow(10, exponent), DIGITS) + "e" + exponent;
    }

    private static String infinite(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
    }

    static String minus(String number) {
        return number.replace('-', '−');
    }
}
