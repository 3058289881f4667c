package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import java.math.BigDecimal;
import java.math.MathContext;
import org.rewardlab.tensor.Check;

/** What sliders of numbers have in common. */
abstract class NumberSlider<T extends Number> extends Control<T> {

    /** A front end finds a value by adding steps: 0.01 and nine times 0.01 are 0.09999999999999999. */
    private static final MathContext DIGITS = new MathContext(12);

    NumberSlider(String name, String description, String format) {
        super(name, "SliderStyleModel", description, "value");
        initially("orientation", "horizontal");
        initially("readout", true);
        initially("readout_format", format);
        initially("continuous_update", true);
    }

    static void order(double min, double max, double value) {
        for (double each : new double[] {min, max, value}) {
            if (!Double.isFinite(each)) {
                throw new IllegalArgumentException("min, max, value: expected finite numbers, got " + each);
            }
        }
        if (min >= max) {
            throw new IllegalArgumentException("max: expected more than min " + min + ", got " + max);
        }
        Check.within("value", value, min, max);
    }

    @Override
    public T value() {
        @SuppressWarnings("unchecked")
        T value = (T) java.util.Objects.requireNonNull(get("value"));
        return value;
    }

    /** What the front end sent, moved into the interval, without the noise of counted steps; rejects NaN. */
    static double within(JsonElement sent, double min, double max) {
        double value = sent.getAsDouble();
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("value: expected a number, got NaN");
        }
        double shown = Double.isInfinite(value)
                ? value
                : new BigDecimal(value).round(DIGITS).doubleValue();
        return Math.max(min, Math.min(max, shown));
    }

    abstract String range();

    @Override
    String text() {
        return super.text() + " (" + range() + ")";
    }
}
