package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import java.util.Locale;
import org.rewardlab.tensor.Check;

/** A slider over an interval of real numbers. */
public final class FloatSlider extends NumberSlider<Double> {

    private final double min;
    private final double max;

    FloatSlider(String description, double min, double max, double value) {
        super("FloatSlider", description, "");
        order(min, max, value);
        this.min = min;
        this.max = max;
        initially("min", min);
        initially("max", max);
        initially("value", value);
        stepping(roundStep(max - min));
    }

    /** Sets the distance between neighbouring values; it is a hundredth of the interval, rounded, unless this is called. */
    public FloatSlider step(double step) {
        Check.positive("step", step);
        stepping(step);
        return this;
    }

    private void stepping(double step) {
        set("step", step);
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        set("readout_format", decimals > 6 ? ".3g" : "." + decimals + "f");
    }

    /** A step of 1, 2 or 5 times a power of ten, of which about a hundred make the interval. */
    private static double roundStep(double width) {
        double wanted = width / 100;
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double factor = wanted / power;
        double round = factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10;
        return Double.parseDouble(String.format(Locale.ROOT, "%.6g", round * power));
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
        return min + " to " + max;
    }
}
