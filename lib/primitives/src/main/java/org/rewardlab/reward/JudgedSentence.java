package org.rewardlab.reward;

import org.rewardlab.tensor.Check;

/**
 * A sentence of a dialogue as detectors label it.
 *
 * @param status whose it is and whether it passed
 * @param strategy what it tries
 * @param length in words, at least 0
 */
public record JudgedSentence(Status status, Strategy strategy, int length) {

    /** Whose a sentence is and whether it passed. */
    public enum Status {
        /** Said by the human of the recorded dialogue. */
        HUMAN,
        /** Sampled, and nothing was found against it. */
        PASS,
        /** Sampled, and a repetition or an inconsistency. */
        FAIL
    }

    /** What a sentence tries. */
    public enum Strategy {
        /** Nothing in particular. */
        NONE,
        /** To learn something of the other. */
        INQUIRY,
        /** To persuade. */
        PERSUASIVE
    }

    public JudgedSentence {
        Check.atLeast("length", length, 0);
    }
}
