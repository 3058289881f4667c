package org.rewardlab.lab.plot;

import java.util.List;

/**
 * What the user says of one axis.
 *
 * @param label quantity and unit; empty for none
 * @param log whether logarithmic
 * @param low forced lower end; NaN to take it from the data
 * @param high forced upper end; NaN to take it from the data
 * @param categories names of the places 0, 1, ...; empty for a number axis
 */
record Axis(String label, boolean log, double low, double high, List<String> categories) {
    static final Axis PLAIN = new Axis("", false, Double.NaN, Double.NaN, List.of());

    Axis {
        if (low >= high) {
            throw new IllegalArgumentException("range: expected low below high, got " + low + " to " + high);
        }
        if (log && (low <= 0 || high <= 0)) {
            throw new IllegalArgumentException(
                    "range: a logarithmic axis needs ends above 0, got " + low + " to " + high);
        }
        categories = List.copyOf(categories);
    }

    Axis labelled(String text) {
        return new Axis(text, log, low, high, categories);
    }

    Axis logarithmic() {
        return new Axis(label, true, low, high, categories);
    }

    Axis ranging(double from, double to) {
        return new Axis(label, log, from, to, categories);
    }

    Axis naming(List<String> names) {
        return new Axis(label, log, low, high, names);
    }

    /** This axis, with what it leaves open taken from another. */
    Axis orElse(Axis other) {
        return new Axis(
                label.isEmpty() ? other.label : label,
                log || other.log,
                Double.isNaN(low) ? other.low : low,
                Double.isNaN(high) ? other.high : high,
                categories.isEmpty() ? other.categories : categories);
    }
}
