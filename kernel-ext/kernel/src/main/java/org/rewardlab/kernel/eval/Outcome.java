package org.rewardlab.kernel.eval;

import org.jspecify.annotations.Nullable;

/** How an evaluation ended. */
public sealed interface Outcome {

    /** The cell had nothing to show: it ended in a declaration, an assignment, a statement or a semicolon. */
    record Done() implements Outcome {}

    /**
     * The cell's last expression has a value to show.
     *
     * @param value the object itself, null where the expression is null
     */
    record Value(@Nullable Object value) implements Outcome {}

    /**
     * The cell failed.
     *
     * @param report what to tell the user
     * @param thrown what the cell threw; null if it did not compile
     */
    record Failed(ErrorReport report, @Nullable Throwable thrown) implements Outcome {}
}
