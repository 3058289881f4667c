package org.rewardlab.kernel.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.CellContext;
import org.rewardlab.kernel.output.StreamName;
import org.rewardlab.kernel.output.SystemStreams;

/** One piece of work on the cell thread, and how far an interrupt of it has come. */
final class CellTask {

    private static final ThreadLocal<@Nullable CellTask> CURRENT = new ThreadLocal<>();

    /** Why a task was told to stop. */
    enum Stop {
        NONE,
        INTERRUPTED,
        TIMED_OUT
    }

    private final @Nullable CellContext context;
    private final Callable<?> work;
    private final CompletableFuture<Object> outcome = new CompletableFuture<>();
    private volatile @Nullable Thread thread;
    private volatile Set<Long> threadsBefore = Set.of();
    private volatile @Nullable Set<Long> threadsAtEnd;
    private volatile Stop stop = Stop.NONE;
    private volatile boolean abandoned;
    private volatile boolean ended;
    private int userDepth;

    CellTask(@Nullable CellContext context, Callable<?> work) {
        this.context = context;
        this.work = work;
    }

    /** The task of this thread; calls outside a task have one that nobody stops. */
    static CellTask current() {
        CellTask task = CURRENT.get();
        return task != null ? task : new CellTask(null, () -> null);
    }

    /** Whether this thread runs a task. */
    static boolean isOnTask() {
        return CURRENT.get() != null;
    }

    CompletableFuture<Object> outcome() {
        return outcome;
    }

    @Nullable
    Thread thread() {
        return thread;
    }

    Stop stopped() {
        return stop;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Runs the work on this thread. */
    void run() {
        Thread own = Thread.currentThread();
        threadsBefore = threadIds(own.getThreadGroup());
        thread = own;
        CURRENT.set(this);
        try {
            if (context == null) {
                complete();
            } else {
                context.run(this::complete);
            }
        } finally {
            CURRENT.remove();
            threadsAtEnd = threadIds(own.getThreadGroup());
            ended = true;
            Thread.interrupted();
        }
    }

    private void complete() {
        try {
            Object value = work.call();
            ended = true;
            outcome.complete(value);
        } catch (Throwable e) {
            ended = true;
            outcome.completeExceptionally(e);
        }
    }

    /** Marks the task as stopped, wakes its thread if that runs the cell's own code, and the threads it started. */
    synchronized void stop(Stop reason) {
        stop = reason;
        Thread own = thread;
        if (own != null && userDepth > 0 && !ended) {
            own.interrupt();
        }
        for (Thread started : startedThreads()) {
            started.interrupt();
        }
    }

    /** Tells the user something on the cell's error stream. */
    void say(String text) {
        if (context != null) {
            context.output().stream(StreamName.STDERR, text);
        }
    }

    /** Gives the thread up: whatever it runs, its task ends without it. */
    void abandon(Throwable reason) {
        abandoned = true;
        outcome.completeExceptionally(reason);
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Ends an abandoned thread before it touches the evaluator again. */
    void endIfAbandoned() {
        if (abandoned) {
            throw new CellStopped("this thread was given up");
        }
    }

    /** Code of the cell begins: from here an interrupt may reach the thread. Compilers do not survive one. */
    synchronized void enterUserCode() {
        if (stop != Stop.NONE && !ended) {
            throw new CellStopped("the cell was interrupted");
        }
        userDepth++;
    }

    synchronized void leaveUserCode() {
        userDepth = Math.max(0, userDepth - 1);
        Thread.interrupted();
    }

    /** Leaves the cell's code for work of the kernel, such as compiling a nested evaluation; returns what to restore. */
    synchronized int suspendUserCode() {
        int depth = userDepth;
        userDepth = 0;
        Thread.interrupted();
        return depth;
    }

    synchronized void resumeUserCode(int depth) {
        userDepth = depth;
    }

    /** Whether a stop check of this thread ends it. */
    boolean stops(Thread running) {
        if (stop == Stop.NONE) {
            return false;
        }
        if (running == thread) {
            return !ended && CURRENT.get() == this;
        }
        if (running instanceof ForkJoinWorkerThread) {
            return !ended || SystemStreams.isLatest(context);
        }
        boolean own = context != null && CellContext.current() == context;
        return own || startedThreads().contains(running);
    }

    /** The threads of the group that were not there when the task began; of a task that is over, not those of later ones. */
    List<Thread> startedThreads() {
        Thread own = thread;
        Set<Long> atEnd = threadsAtEnd;
        if (own == null || own.getThreadGroup() == null) {
            return List.of();
        }
        return threads(own.getThreadGroup()).stream()
                .filter(t -> t != own && !threadsBefore.contains(t.getId()))
                .filter(t -> atEnd == null || atEnd.contains(t.getId()))
                .toList();
    }

    private static Set<Long> threadIds(@Nullable ThreadGroup group) {
        return group == null
                ? Set.of()
                : threads(group).stream().map(Thread::getId).collect(Collectors.toSet());
    }

    private static List<Thread> threads(ThreadGroup group) {
        Thread[] all = new Thread[group.activeCount() * 2 + 16];
        return Arrays.asList(all).subList(0, group.enumerate(all));
    }
}
