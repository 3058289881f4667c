package org.rewardlab.kernel.eval;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The thread on which all cells run and all calls of JShell are made, one after another. */
final class CellThread {

    private static final long STACK_BYTES = 8L << 20;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final LinkedBlockingQueue<CellTask> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile @Nullable CellTask running;
    private volatile boolean closed;

    CellThread(ClassLoader contextLoader) {
        ThreadGroup group = new ThreadGroup("cells-" + COUNT.incrementAndGet());
        thread = new Thread(group, this::loop, "cells", STACK_BYTES, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(contextLoader);
        thread.start();
    }

    void submit(CellTask task) {
        tasks.add(task);
    }

    boolean isOwn() {
        return Thread.currentThread() == thread;
    }

    /** The task that runs now. */
    @Nullable
    CellTask running() {
        return running;
    }

    Thread thread() {
        return thread;
    }

    /** Takes the tasks that have not begun. */
    LinkedBlockingQueue<CellTask> giveUp() {
        closed = true;
        return tasks;
    }

    void close() {
        closed = true;
        tasks.add(new CellTask(null, () -> ""));
    }

    private void loop() {
        while (!closed) {
            try {
                CellTask task = tasks.take();
                if (closed) {
                    tasks.add(task);
                    return;
                }
                running = task;
                task.run();
            } catch (InterruptedException e) {
                // It came too late for its cell, and must not reach the next one.
                running = null;
            } finally {
                running = null;
            }
        }
    }
}
