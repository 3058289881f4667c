package org.rewardlab.lab.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as text, the same on every Java version ({@code Double.toString} is not: it changed in 19), without thousands
 * separators and whatever the locale.
 */
public final class Digits {
    private Digits() {}

    /**
     * Rounded to a number of significant digits, trailing zeros dropped: {@code 0.8123}, {@code 1500}, {@code -2.5e-7}.
     *
     * @param value any number; NaN and infinities print as {@code NaN}, {@code Infinity}, {@code -Infinity}
     * @param digits at least 1
     */
    public static String significant(double value, int digits) {
        if (digits < 1) {
            throw new IllegalArgumentException("digits: expected at least 1, got " + digits);
        }
        if (!Double.isFinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        BigDecimal brief = rounded.stripTrailingZeros();
        int exponent = brief.precision() - brief.scale() - 1;
        if (exponent < -5 || exponent > 15) {
            String mantissa = brief.movePointLeft(exponent).stripTrailingZeros().toPlainString();
            return mantissa + "e" + exponent;
        }
        return brief.toPlainString();
    }

    /**
     * Rounded to a fixed number of decimals, trailing zeros kept: {@code 0.810}.
     *
     * @param value any number
     * @param decimals at least 0
     */
    public static String fixed(double value, int decimals) {
        if (decimals < 0) {
            throw new IllegalArgumentException("decimals: expected at least 0, got " + decimals);
        }
        if (!Double.isFinite(value)) {
            return special(value);
        }
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? rounded.abs().toPlainString() : rounded.toPlainString();
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value > 0 ? "Infinity" : "-Infinity";
    }
}
