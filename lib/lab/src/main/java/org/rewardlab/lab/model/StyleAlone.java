package org.rewardlab.lab.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.rewardlab.lab.data.Words;

/**
 * Measures of style and no words: what a reward model must beat to have read anything.
 *
 * @param style the measures, at least one
 */
public record StyleAlone(Set<StyleFeature> style) implements TextFeatures {
    public StyleAlone {
        if (style.isEmpty()) {
            throw new IllegalArgumentException("style: expected at least one measure, came none");
        }
        style = Collections.unmodifiableSet(EnumSet.copyOf(style));
    }

    @Override
    public int width() {
        return style.size();
    }

    @Override
    public SparseVector of(String prompt, String response) {
        List<String> asked = Words.of(prompt);
        List<String> said = Words.of(response);
        int[] positions = new int[style.size()];
        float[] values = new float[style.size()];
        int next = 0;
        for (StyleFeature feature : style) {
            positions[next] = next;
            values[next++] = feature.measure(asked, said);
        }
        return new SparseVector(positions, values);
    }

    /** Names of measures in lower case, each behind a separator. */
    static String names(String separator, Set<StyleFeature> style) {
        return style.stream()
                .map(feature -> separator + feature.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** Short enough for a legend: {@code length alone}. */
    @Override
    public String toString() {
        return names(" ", style).strip() + " alone";
    }
}
