package org.rewardlab.kernel.output;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The cell on whose behalf a thread runs. It is inherited by the threads that the cell starts, so that what they print
 * later still goes to their cell.
 */
public final class CellContext {

    private static final InheritableThreadLocal<@Nullable CellContext> CURRENT = new InheritableThreadLocal<>();

    private final int number;
    private final LiveOutput output;

    /** A context for the cell of that number, whose outputs go, batched and in order, to the given one. */
    public CellContext(int number, CellOutput output) {
        this.number = number;
        this.output = new LiveOutput(output);
    }

    /** The cell of the current thread, or null outside of cells. */
    public static @Nullable CellContext current() {
        return CURRENT.get();
    }

    /** Runs the work with this cell as the current one, on this thread. */
    public void run(Runnable work) {
        CellContext before = CURRENT.get();
        CURRENT.set(this);
        try {
            work.run();
        } finally {
            CURRENT.set(before);
        }
    }

    /** The same for work with a result. */
    public <T> T call(Callable<T> work) throws Exception {
        CellContext before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.call();
        } finally {
            CURRENT.set(before);
        }
    }

    /** The cell's number, as in {@code In [7]}. */
    public int number() {
        return number;
    }

    /** The cell's output, with text batched. */
    public LiveOutput output() {
        return output;
    }
}
