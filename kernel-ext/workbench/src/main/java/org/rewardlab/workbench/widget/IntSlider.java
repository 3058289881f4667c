package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import org.rewardlab.tensor.Check;

/** A slider over whole numbers. */
public final class IntSlider extends NumberSlider<Integer> {

    private final int min;
    private final int max;

    IntSlider(String description, int min, int max, int value) {
        super("IntSlider", description, "d");
        order(min, max, value);
        this.min = min;
        this.max = max;
        initially("min", min);
        initially("max", max);
        initially("step", 1);
        initially("value", value);
    }

    /** Sets the distance between neighbouring values, 1 unless this is called. */
    public IntSlider step(int step) {
        Check.positive("step", step);
        set("step", step);
        return this;
    }

    @Override
    public void value(Integer value) {
        Check.within("value", value, min, max);
        set("value", value);
    }

    @Override
    Object readValue(JsonElement sent) {
        return (int) Math.max(min, Math.min(max, Math.round(sent.getAsDouble())));
    }

    @Override
    String range() {
        return min + " to " + max;
    }
}
