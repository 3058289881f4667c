package org.rewardlab.lab.judge.math;

/** A text that is not mathematics as this package reads it. */
final class MathSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MathSyntaxException(String problem) {
        super(problem);
    }
}
