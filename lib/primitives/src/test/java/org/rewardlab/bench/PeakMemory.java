package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.rewardlab.tensor.Scope;

/** By how much the process grows at most while a piece of work is done. Linux tells; elsewhere it is not known. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private PeakMemory() {}

    /** Bytes beyond what was resident before, its result included. */
    static OptionalLong of(Supplier<NDArray> work) {
        try {
            System.gc();
            Files.writeString(RESET, "5"); // the high-water mark starts anew
            long before = kilobytes("VmRSS:");
            try (Scope scope = Scope.open()) {
                scope.keep(work.get()).close();
            }
            return OptionalLong.of(1024 * Math.max(0, kilobytes("VmHWM:") - before));
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    private static long kilobytes(String name) throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(STATUS + ": expected a line " + name + ", got none");
    }
}
