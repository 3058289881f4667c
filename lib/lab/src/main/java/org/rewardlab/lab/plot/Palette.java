package org.rewardlab.lab.plot;

import java.awt.Color;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Colours, line styles and markers of the methods in one figure. The colours are those of Okabe and Ito, told apart by
 * everyone. A method that many figures show has its own by name; the others take what is left in the order in which they are
 * listed; what is compared against (a reference, a baseline) is grey and dashed.
 */
final class Palette {
    private static final Color[] COLORS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9),
        new Color(0x7A5195),
        new Color(0x222222),
        new Color(0x999933)
    };
    private static final List<Marker> MARKERS =
            List.of(Marker.CIRCLE, Marker.SQUARE, Marker.TRIANGLE, Marker.DIAMOND, Marker.TRIANGLE_DOWN);
    private static final List<List<Double>> DASHES = List.of(
            List.of(),
            List.of(7.0, 2.5),
            List.of(2.5, 2.0),
            List.of(7.0, 2.0, 2.0, 2.0),
            List.of(4.0, 2.0),
            List.of(7.0, 2.0, 2.0, 2.0, 2.0, 2.0),
            List.of(12.0, 3.0),
            List.of(3.5, 1.5, 1.5, 1.5),
            List.of(9.0, 2.0, 4.0, 2.0));
    private static final List<Double> REFERENCE_DASH = List.of(5.0, 3.0);
    private static final List<String> FIXED = List.of("PPO", "GRPO", "DPO", "RLOO", "IPO", "KTO", "REINFORCE");
    private static final Set<String> REFERENCES =
            Set.of("reference", "baseline", "random", "chance", "initial", "untrained", "perfect calibration", "none");

    private final Map<String, Style> styles = new LinkedHashMap<>();

    private Palette(Collection<String> labels) {
        Set<Integer> taken = new LinkedHashSet<>();
        for (String label : labels) {
            int fixed = FIXED.indexOf(label.toUpperCase(Locale.ROOT));
            if (isReference(label)) {
                styles.put(label, new Style(House.FAINT_INK, REFERENCE_DASH, Marker.CIRCLE));
            } else if (fixed >= 0) {
                taken.add(fixed);
                styles.put(label, numbered(fixed));
            }
        }
        int next = 0;
        for (String label : new LinkedHashSet<>(labels)) {
            if (styles.containsKey(label)) {
                continue;
            }
            while (taken.contains(next)) {
                next++;
            }
            styles.put(label, numbered(next++));
        }
    }

    /** Styles for labels in the order of importance; the same list gives the same styles in every figure. */
    static Palette of(Collection<String> labels) {
        return new Palette(labels);
    }

    /** The colours in the order in which they are given out. */
    static Color[] colors() {
        return COLORS.clone();
    }

    Style style(String label) {
        Style style = styles.get(label);
        return style == null ? numbered(0) : style;
    }

    /** The n-th style; after the ninth the colours return with other line styles and markers. */
    private static Style numbered(int n) {
        int round = n / COLORS.length;
        Color color = COLORS[n % COLORS.length];
        List<Double> dash = DASHES.get((n + 3 * round) % DASHES.size());
        return new Style(color, dash, MARKERS.get((n + round) % MARKERS.size()));
    }

    private static boolean isReference(String label) {
        return REFERENCES.contains(label.toLowerCase(Locale.ROOT));
    }
}
