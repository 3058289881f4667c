package org.rewardlab.lab.model;

import java.util.Arrays;
import java.util.List;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.data.Preferences;

/**
 * Preference pairs as features, computed once.
 *
 * @param chosen the features of the preferred responses
 * @param rejected the features of the others, in the same order
 */
public record EncodedPairs(List<SparseVector> chosen, List<SparseVector> rejected) {
    public EncodedPairs {
        chosen = List.copyOf(chosen);
        rejected = List.copyOf(rejected);
        if (chosen.size() != rejected.size()) {
            throw new IllegalArgumentException(
                    "rejected: expected " + chosen.size() + ", one for each chosen, came " + rejected.size());
        }
    }

    /** Encodes every pair. */
    public static EncodedPairs of(TextFeatures features, Preferences preferences) {
        List<PreferencePair> pairs = preferences.pairs();
        return new EncodedPairs(
                pairs.stream()
                        .map(pair -> features.of(pair.prompt(), pair.chosen()))
                        .toList(),
                pairs.stream()
                        .map(pair -> features.of(pair.prompt(), pair.rejected()))
                        .toList());
    }

    /** The number of pairs. */
    public int size() {
        return chosen.size();
    }

    /** The pairs of some rows, in that order. */
    public EncodedPairs rows(int[] rows) {
        return new EncodedPairs(
                Arrays.stream(rows).mapToObj(chosen::get).toList(),
                Arrays.stream(rows).mapToObj(rejected::get).toList());
    }
}
