package org.rewardlab.kernel.session;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Calls what may throw anything, and lets it through as it is. */
final class Unchecked {

    private Unchecked() {}

    static <T extends @Nullable Object> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            sneaky(e);
            throw new AssertionError("not reached", e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
