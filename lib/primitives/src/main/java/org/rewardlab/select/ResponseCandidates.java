package org.rewardlab.select;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.ValueCheck;

/**
 * Candidate responses of one turn, of which one is to be said.
 *
 * @param conflictScores how much each repeats or contradicts what was said (N), in [0, 1]
 * @param passed 1 for candidates that passed all detectors (N), 0 for the others
 * @param imitationScores how likely a human would say each (N), any finite numbers, for those who rank by it
 */
public record ResponseCandidates(
        NDArray conflictScores, NDArray passed, @Nullable NDArray imitationScores) {

    public ResponseCandidates {
        Check.vector("conflictScores", conflictScores);
        Check.floating("conflictScores", conflictScores);
        Check.sameShape("passed", passed, "conflictScores", conflictScores);
        var values = ValueCheck.of().mask("passed", passed).within("conflictScores", conflictScores, 0, 1);
        if (imitationScores != null) {
            Check.sameShape("imitationScores", imitationScores, "conflictScores", conflictScores);
            values.finite("imitationScores", imitationScores);
        }
        values.run();
    }
}
