package org.rewardlab.lab.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rewardlab.lab.data.Words;

/**
 * A bag of hashed word n-grams of the response, and after it some measures of its style. No vocabulary is kept: any text of any language has its
 * features, and the same text has the same ones everywhere.
 *
 * @param dimension the number of hash positions, a power of two from 2 to 2^24
 * @param ngrams the longest n-gram counted, from 1 to 5
 * @param unitLength whether the bag is scaled to Euclidean length 1 (square roots of counts first), which suits long and varied texts; if not, counts
 *     stand as they are
 * @param style the measures behind the bag
 */
public record HashedText(int dimension, int ngrams, boolean unitLength, Set<StyleFeature> style)
        implements TextFeatures {
    public HashedText {
        if (dimension < 2 || dimension > 1 << 24 || Integer.bitCount(dimension) != 1) {
            throw new IllegalArgumentException("dimension: expected a power of two from 2 to 2^24, came " + dimension);
        }
        if (ngrams < 1 || ngrams > 5) {
            throw new IllegalArgumentException("ngrams: expected 1 to 5, came " + ngrams);
        }
        style = style.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(style));
    }

    /** Words and pairs of words at 2^14 positions, unit length, all measures of style. */
    public static HashedText standard() {
        return new HashedText(1 << 14, 2, true, EnumSet.allOf(StyleFeature.class));
    }

    /** The same without one measure of style. */
    public HashedText without(StyleFeature feature) {
        Set<StyleFeature> rest = EnumSet.allOf(StyleFeature.class);
        rest.retainAll(style);
        rest.remove(feature);
        return new HashedText(dimension, ngrams, unitLength, rest);
    }

    /** The same without any measure of style. */
    public HashedText wordsOnly() {
        return new HashedText(dimension, ngrams, unitLength, Set.of());
    }

    @Override
    public int width() {
        return dimension + style.size();
    }

    @Override
    public SparseVector of(String prompt, String response) {
        List<String> words = Words.of(response);
        int[] slots = NGrams.slots(words, ngrams, dimension);
        int[] positions = new int[slots.length + style.size()];
        float[] values = new float[positions.length];
        int entries = bag(slots, positions, values);
        if (unitLength) {
            scale(values, entries);
        }
        if (!style.isEmpty()) {
            List<String> asked = Words.of(prompt);
            int at = dimension;
            for (StyleFeature feature : style) {
                positions[entries] = at++;
                values[entries++] = feature.measure(asked, words);
            }
        }
        return new SparseVector(Arrays.copyOf(positions, entries), Arrays.copyOf(values, entries));
    }

    /** Sums the signs of equal positions; what cancels is left out. */
    private static int bag(int[] slots, int[] positions, float[] values) {
        int entries = 0;
        int from = 0;
        while (from < slots.length) {
            int position = slots[from] >>> 1;
            int sum = 0;
            while (from < slots.length && slots[from] >>> 1 == position) {
                sum += (slots[from] & 1) == 0 ? 1 : -1;
                from++;
            }
            if (sum != 0) {
                positions[entries] = position;
                values[entries++] = sum;
            }
        }
        return entries;
    }

    private static void scale(float[] values, int entries) {
        double squares = 0;
        for (int i = 0; i < entries; i++) {
            squares += Math.abs(values[i]);
            values[i] = (float) Math.copySign(Math.sqrt(Math.abs(values[i])), values[i]);
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < entries; i++) {
            values[i] /= length;
        }
    }

    /** Short enough for a legend: {@code 1-2-grams + style}. */
    @Override
    public String toString() {
        String bag = ngrams == 1 ? "words" : "1-" + ngrams + "-grams";
        String behind = style.size() == StyleFeature.values().length ? " + style" : StyleAlone.names(" + ", style);
        return bag + behind;
    }
}
