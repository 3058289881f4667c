package org.rewardlab.workbench.memory;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import org.jspecify.annotations.Nullable;

/** The memory that the C library manages: tensors on the CPU live there. */
final class NativeHeap {

    private static final @Nullable Function TRIM = trim();

    private NativeHeap() {}

    /** Gives free pages back to the system, where the C library knows how; glibc keeps blocks below 32 MB for itself. */
    static void giveBack() {
        if (TRIM != null) {
            TRIM.invokeInt(new Object[] {0L});
        }
    }

    private static @Nullable Function trim() {
        try {
            return Platform.isLinux() ? Function.getFunction("c", "malloc_trim") : null;
        } catch (LinkageError e) {
            return null; // another C library
        }
    }
}
