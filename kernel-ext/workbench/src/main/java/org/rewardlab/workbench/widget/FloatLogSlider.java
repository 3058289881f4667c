package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import org.rewardlab.tensor.Check;

/** A slider over positive numbers of several magnitudes, such as learning rates: equal ways are equal factors. */
public final class FloatLogSlider extends NumberSlider<Double> {

    private static final double BASE = 10;

    private final double min;
    private final double max;

    FloatLogSlider(String description, double min, double max, double value) {
        super("FloatLogSlider", description, ".3g");
        Check.positive("min", min);
        order(min, max, value);
        this.min = min;
        this.max = max;
        initially("base", BASE);
        initially("min", Math.log10(min));
        initially("max", Math.log10(max));
        initially("step", 0.05);
        initially("value", value);
    }

    @Override
    public void value(Double value) {
        Check.within("value", value, min, max);
        set("value", value);
    }

    @Override
    Object readValue(JsonElement sent) {
        return within(sent, min, max);
    }

    @Override
    String range() {
        return min + " to " + max + ", logarithmic";
    }
}
