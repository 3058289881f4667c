package org.rewardlab.lab.train;

/** A training run whose numbers are no longer finite; the message names the step and the term, and says what to try. */
public final class TrainingDiverged extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TrainingDiverged(String what, int step, int total, double learningRate) {
        super(what + " at step " + step + " of " + total + "; try a learning rate below " + learningRate
                + ", or look for extreme values in the features. The model is as it was at the last evaluation.");
    }

    TrainingDiverged(NonFiniteTerm cause, int step, double learningRate) {
        super(
                cause.getMessage() + " at step " + step + "; try " + cause.remedy() + ", or a learning rate below "
                        + learningRate + ". The update that it belongs to was not made.",
                cause);
    }
}
