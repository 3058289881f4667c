package org.rewardlab.kernel.output;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code System.out}, {@code System.err} and {@code System.in} once for the life of the JVM by streams that find
 * the cell of the thread that uses them. A thread of no cell writes to the latest cell, and before the first one to the
 * streams of the process.
 */
public final class SystemStreams {

    private static final PrintStream PROCESS_OUT = System.out;
    private static final PrintStream PROCESS_ERR = System.err;
    private static final InputStream PROCESS_IN = System.in;
    private static volatile @Nullable CellContext latest;
    private static boolean installed;

    private SystemStreams() {}

    /** Puts the streams in place; a second call does nothing. Call it before any class that keeps a stream is loaded. */
    public static synchronized void install() {
        if (!installed) {
            installed = true;
            System.setOut(new PrintStream(new CellStream(StreamName.STDOUT), false, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(new CellStream(StreamName.STDERR), false, StandardCharsets.UTF_8));
            System.setIn(new CellInput());
        }
    }

    /** Names the cell that gets what threads of no cell print; null gives them the streams of the process again. */
    public static void latest(@Nullable CellContext context) {
        latest = context;
    }

    /** Whether that cell is the latest one. */
    public static boolean isLatest(@Nullable CellContext context) {
        return context != null && latest == context;
    }

    /** The error stream of the process, for the log of the kernel itself. */
    public static PrintStream processErr() {
        return PROCESS_ERR;
    }

    /** The output stream of the process. */
    public static PrintStream processOut() {
        return PROCESS_OUT;
    }

    /** The output of this thread's cell, or else of the latest one; null before the first. */
    public static @Nullable LiveOutput output() {
        CellContext owner = owner();
        return owner == null ? null : owner.output();
    }

    /** The cell of the thread; a worker of a shared pool has none of its own, whichever cell happened to start it. */
    static @Nullable CellContext owner() {
        CellContext own = CellContext.current();
        CellContext last = latest;
        boolean shared = Thread.currentThread() instanceof ForkJoinWorkerThread;
        return own == null || (shared && last != null) ? last : own;
    }

    static InputStream processIn() {
        return PROCESS_IN;
    }

    private static final class CellStream extends OutputStream {

        private final StreamName name;

        CellStream(StreamName name) {
            this.name = name;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            CellContext owner = owner();
            if (owner != null) {
                owner.output().write(name, bytes, from, length);
            } else {
                (name == StreamName.STDOUT ? PROCESS_OUT : PROCESS_ERR).write(bytes, from, length);
            }
        }
    }
}
