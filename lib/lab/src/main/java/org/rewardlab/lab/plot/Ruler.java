package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis with its ends and ticks settled.
 *
 * @param low value at the start
 * @param high value at the end
 * @param log whether logarithmic
 * @param ticks values that are marked, with their labels
 */
record Ruler(double low, double high, boolean log, List<Tick> ticks) {
    /** Up to so many, a logarithmic axis has room for labels at 2 and 5 as well. */
    private static final double FEW_DECADES = 2.2;

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /** A marked value; an unlabelled one has an empty label. */
    record Tick(double value, String label) {}

    /**
     * @param axis what the user says
     * @param data what the marks take
     * @param length in pixels
     * @param spacing least pixels between ticks
     * @param room share of the range to leave free beyond data that is not tight
     */
    static Ruler of(Axis axis, Extent data, double length, double spacing, double room) {
        if (!axis.categories().isEmpty()) {
            List<Tick> ticks = new ArrayList<>();
            for (int i = 0; i < axis.categories().size(); i++) {
                ticks.add(new Tick(i, axis.categories().get(i)));
            }
            return new Ruler(-0.5, axis.categories().size() - 0.5, false, ticks);
        }
        return axis.log() ? logarithmic(axis, data, room) : linear(axis, data, length, spacing, room);
    }

    /** Share of the length at which a value stands; NaN where the axis can't show it. */
    double share(double value) {
        if (!log) {
            return (value - low) / (high - low);
        }
        return value <= 0 ? Double.NaN : StrictMath.log(value / low) / StrictMath.log(high / low);
    }

    /** This ruler with its upper end moved up by a share of the range, to make room for a legend. */
    Ruler withHeadroom(double share) {
        if (share == 0) {
            return this;
        }
        if (log) {
            return new Ruler(low, high * StrictMath.pow(high / low, share), true, ticks);
        }
        double top = high + share * (high - low);
        List<Tick> more = new ArrayList<>(ticks);
        if (ticks.size() > 1) {
            double step = ticks.get(1).value() - ticks.get(0).value();
            double last = ticks.get(ticks.size() - 1).value();
            for (int i = 1; last + i * step <= top + 1e-9 * step; i++) {
                more.add(new Tick(last + i * step, TickText.of(last + i * step, step, Math.max(Math.abs(low), top))));
            }
        }
        return new Ruler(low, top, false, more);
    }

    private static Ruler linear(Axis axis, Extent data, double length, double spacing, double room) {
        double low = data.isEmpty() ? 0 : data.low();
        double high = data.isEmpty() ? 1 : data.high();
        if (high - low <= 1e-12 * Math.max(Math.abs(low), Math.abs(high))) {
            double half = low == 0 ? 0.5 : 0.1 * Math.abs(low);
            low -= half;
            high += half;
        }
        double pad = room * (high - low);
        low = Double.isNaN(axis.low()) ? low - (data.tightLow() ? 0 : pad) : axis.low();
        high = Double.isNaN(axis.high()) ? high + (data.tightHigh() ? 0 : pad) : axis.high();
        double step = step((high - low) * spacing / length);
        if (Double.isNaN(axis.high())) {
            double next = Math.ceil(high / step - 1e-9) * step;
            high = next - high < reach(data.tightHigh()) * step ? next : high;
        }
        if (Double.isNaN(axis.low())) {
            double next = Math.floor(low / step + 1e-9) * step;
            low = low - next < reach(data.tightLow()) * step ? next : low;
        }
        List<Tick> ticks = new ArrayList<>();
        long first = (long) Math.ceil(low / step - 1e-9);
        long last = (long) Math.floor(high / step + 1e-9);
        for (long i = first; i <= last; i++) {
            ticks.add(new Tick(i * step, TickText.of(i * step, step, Math.max(Math.abs(low), Math.abs(high)))));
        }
        return new Ruler(low, high, false, ticks);
    }

    /** How much of a step an end may be moved to stand on a tick. */
    private static double reach(boolean tight) {
        return tight ? 0.1 : 0.3;
    }

    /** The smallest of 1, 2, 5 times a power of ten that is no smaller. */
    static double step(double least) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(least)));
        double ratio = least / power;
        double factor = ratio <= 1 + 1e-9 ? 1 : ratio <= 2 + 1e-9 ? 2 : ratio <= 5 + 1e-9 ? 5 : 10;
        return factor * power;
    }

    private static Ruler logarithmic(Axis axis, Extent data, double room) {
        double low = data.isEmpty() ? 1 : data.low();
        double high = data.isEmpty() ? 10 : data.high();
        if (high / low < 1.2) {
            low /= 1.5;
            high *= 1.5;
        }
        double pad = StrictMath.pow(high / low, room);
        low = Double.isNaN(axis.low()) ? low / (data.tightLow() ? 1 : pad) : axis.low();
        high = Double.isNaN(axis.high()) ? high * (data.tightHigh() ? 1 : pad) : axis.high();
        int from = (int) Math.floor(StrictMath.log10(low) + 1e-9);
        int to = (int) Math.ceil(StrictMath.log10(high) - 1e-9);
        int first = (int) Math.ceil(StrictMath.log10(low) - 1e-9);
        int last = (int) Math.floor(StrictMath.log10(high) + 1e-9);
        int every = Math.max(1, (last - first) / 7);
        boolean few = StrictMath.log10(high / low) <= FEW_DECADES;
        boolean powers = first < -3 || last > 4;
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = from; exponent <= to; exponent++) {
            for (int digit = 1; digit < 10; digit++) {
                double value = digit * StrictMath.pow(10, exponent);
                boolean labelled =
                        digit == 1 ? Math.floorMod(exponent - first, every) == 0 : few && (digit == 2 || digit == 5);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    ticks.add(new Tick(value, labelled ? decade(digit, exponent, powers) : ""));
                }
            }
        }
        return new Ruler(low, high, true, ticks);
    }

    private static String decade(int digit, int exponent, boolean powers) {
        if (!powers) {
            return TickText.of(digit * StrictMath.pow(10, exponent), Math.min(1, StrictMath.pow(10, exponent)), 1);
        }
        StringBuilder text = new StringBuilder(digit == 1 ? "10" : digit + "·10");
        for (char c : Integer.toString(exponent).toCharArray()) {
            text.append(c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0'));
        }
        return text.toString();
    }
}
