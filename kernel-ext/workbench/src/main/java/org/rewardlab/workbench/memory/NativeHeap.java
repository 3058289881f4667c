package org.rewardlab.workbench.memory;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The memory that the C library manages: tensors on the CPU live there. */
final class NativeHeap {

    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;
    private static final @Nullable Function TRIM = trim();

    private NativeHeap() {}

    /** Gives free pages back to the system, where the C library knows how; glibc keeps blocks below 32 MB for itself. */
    static void giveBack() {
        if (TRIM != null) {
            TRIM.invokeInt(new Object[] {0L});
        }
    }

    /** Resident bytes of this process; 0 where the system does not tell. */
    static long resident() {
        try {
            return Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE;
        } catch (IOException | RuntimeException e) {
            return 0;
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
