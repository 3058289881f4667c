package org.rewardlab.lab.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.data.Examples;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.preference.UnpairedPreferenceLoss;

/**
 * What is preferred and how that is learnt.
 *
 * @param pairs for paired losses
 * @param labelled for unpaired losses
 * @param paired the loss on pairs
 * @param unpaired the loss on single responses, which then takes the other's place
 */
record PreferenceData(
        List<PreferencePair> pairs,
        List<Example.Labelled> labelled,
        PreferenceLoss paired,
        @Nullable UnpairedPreferenceLoss unpaired) {

    PreferenceData {
        pairs = List.copyOf(pairs);
        labelled = List.copyOf(labelled);
    }

    static PreferenceData none() {
        return new PreferenceData(List.of(), List.of(), PreferenceLoss.dpo(0.1), null);
    }

    PreferenceData withPairs(List<PreferencePair> given) {
        return new PreferenceData(given, List.of(), paired, unpaired);
    }

    PreferenceData withLabelled(List<Example.Labelled> given) {
        return new PreferenceData(List.of(), given, paired, unpaired);
    }

    PreferenceData withLoss(PreferenceLoss loss) {
        return new PreferenceData(pairs, labelled, loss, null);
    }

    PreferenceData withUnpairedLoss(UnpairedPreferenceLoss loss) {
        return new PreferenceData(pairs, labelled, paired, loss);
    }

    /** The data of the unpaired loss: what is labelled, or each pair as two. */
    List<Example.Labelled> responses() {
        if (pairs.isEmpty()) {
            return labelled;
        }
        return Examples.unpaired(pairs);
    }

    /** Rows that the loss reads. */
    int size() {
        return unpaired == null ? pairs.size() : responses().size();
    }

    String digest() {
        return Texts.digest(unpaired == null ? pairs : responses());
    }

    /** The loss by its hyperparameters; a lambda has no name that a later run could recognise. */
    String lossName() {
        Object loss = unpaired == null ? paired : unpaired;
        return loss.getClass().isRecord() ? loss.toString() : "a function";
    }
}
