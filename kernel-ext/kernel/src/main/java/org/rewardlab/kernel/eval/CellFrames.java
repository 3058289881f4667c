package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/** Stack frames that lie in the wrapper classes of cells. */
public final class CellFrames {

    private static final String PREFIX = "REPL.$JShell$";

    private CellFrames() {}

    /** Whether a frame lies in the code of a cell. */
    public static boolean isCell(StackTraceElement frame) {
        return frame.getClassName().startsWith(PREFIX);
    }

    /** Whether a worker of a shared pool runs code of a cell. */
    static boolean runInSharedWorkers() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey() instanceof ForkJoinWorkerThread)
                .anyMatch(each -> Arrays.stream(each.getValue()).anyMatch(CellFrames::isCell));
    }

    /** The distinct frames in cells of a throwable, its causes and suppressed ones, for JShell to translate in one go. */
    static StackTraceElement[] wrapperFrames(Throwable thrown) {
        Set<StackTraceElement> frames = new LinkedHashSet<>();
        for (Throwable each : family(thrown)) {
            for (StackTraceElement frame : each.getStackTrace()) {
                if (isCell(frame)) {
                    frames.add(frame);
                }
            }
        }
        return frames.toArray(new StackTraceElement[0]);
    }

    /** A throwable with all its causes and suppressed ones, each once. */
    static List<Throwable> family(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> all = new ArrayList<>();
        collect(thrown, seen, all);
        return all;
    }

    private static void collect(@Nullable Throwable thrown, Set<Throwable> seen, List<Throwable> all) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        all.add(thrown);
        collect(thrown.getCause(), seen, all);
        for (Throwable suppressed : thrown.getSuppressed()) {
            collect(suppressed, seen, all);
        }
    }
}
