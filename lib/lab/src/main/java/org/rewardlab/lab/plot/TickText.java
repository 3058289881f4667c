package org.rewardlab.lab.plot;

import org.rewardlab.lab.statistics.Digits;

/** Labels of ticks: as many decimals as the step needs, no thousands commas, a true minus sign. */
final class TickText {
    private TickText() {}

    /**
     * @param value where the tick is
     * @param step between ticks
     * @param largest size of any value on the axis
     */
    static String of(double value, double step, double largest) {
        if (largest >= 1e15 || step < 1e-6) {
            return signed(Digits.significant(value, 4));
        }
        if (largest >= 1e9) {
            return scaled(value, step, 1e9, "G");
        }
        if (largest >= 2e6) {
            return scaled(value, step, 1e6, "M");
        }
        if (largest >= 1e5) {
            return scaled(value, step, 1e3, "k");
        }
        return signed(Digits.fixed(value, decimals(step)));
    }

    private static String scaled(double value, double step, double unit, String letter) {
        String number = signed(Digits.fixed(value / unit, decimals(step / unit)));
        return value == 0 ? "0" : number + letter;
    }

    private static int decimals(double step) {
        return (int) Math.max(0, Math.ceil(-StrictMath.log10(step) - 1e-9));
    }

    static String signed(String number) {
        return number.startsWith("-") ? "−" + number.substring(1) : number;
    }
}
