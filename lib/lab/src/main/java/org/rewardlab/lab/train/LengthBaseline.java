package org.rewardlab.lab.train;

import java.util.Arrays;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.data.Preferences;
import org.rewardlab.lab.data.Words;

/**
 * The judge that counts words and nothing else: what any reward model has to beat.
 *
 * @param longerWins whether the longer response is taken for the better one, or the shorter
 */
public record LengthBaseline(boolean longerWins) {

    /** Finds out from training pairs whether longer or shorter responses are preferred. */
    public static LengthBaseline fit(Preferences train) {
        double longer = Arrays.stream(differences(train)).map(Math::signum).sum();
        return new LengthBaseline(longer >= 0);
    }

    /** How it ranks pairs; equal lengths are ties. */
    public Ranking rank(Preferences pairs) {
        double sign = longerWins ? 1 : -1;
        return Ranking.of(Arrays.stream(differences(pairs)).map(d -> sign * d).toArray());
    }

    private static double[] differences(Preferences pairs) {
        return pairs.pairs().stream().mapToDouble(LengthBaseline::difference).toArray();
    }

    private static double difference(PreferencePair pair) {
        return Words.count(pair.chosen()) - Words.count(pair.rejected());
    }
}
