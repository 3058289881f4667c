package org.rewardlab.kernel.eval;

/** Thrown inside a cell's own code to end it; an error, so that {@code catch (Exception e)} does not hold it. */
public final class CellStopped extends Error {

    private static final long serialVersionUID = 1L;

    CellStopped(String message) {
        super(message);
    }
}
