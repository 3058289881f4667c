package org.rewardlab.lab.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.rewardlab.lab.display.Progress;

/** Threads that do runs; the first failure stops the rest. */
record Workers(String name, int threads) {
    private static final long GRACE_SECONDS = 5;

    /** @return the result of each task, in the order of the tasks */
    <T> List<T> all(List<? extends Callable<T>> tasks) {
        try (Progress bar = Progress.of(name, tasks.size())) {
            try {
                return threads == 1 ? here(tasks, bar) : onThreads(tasks, bar);
            } catch (FailedRun e) {
                bar.fail(String.valueOf(e.getMessage()));
                throw e;
            } catch (InterruptedRun e) {
                bar.fail("interrupted");
                throw e;
            }
        }
    }

    private static <T> List<T> here(List<? extends Callable<T>> tasks, Progress bar) {
        List<T> results = new ArrayList<>();
        for (Callable<T> task : tasks) {
            InterruptedRun.check();
            results.add(called(task));
            bar.step();
        }
        return results;
    }

    private static <T> T called(Callable<T> task) {
        try {
            return task.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> List<T> onThreads(List<? extends Callable<T>> tasks, Progress bar) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, tasks.size()), factory());
        try {
            CompletionService<Map.Entry<Integer, T>> done = new ExecutorCompletionService<>(pool);
            for (int i = 0; i < tasks.size(); i++) {
                int place = i;
                done.submit(() -> Map.entry(place, tasks.get(place).call()));
            }
            List<T> results = new ArrayList<>(Collections.nCopies(tasks.size(), null));
            for (int i = 0; i < tasks.size(); i++) {
                Map.Entry<Integer, T> result = taken(done.take());
                results.set(result.getKey(), result.getValue());
                bar.step();
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRun("the experiment was interrupted");
        } finally {
            stop(pool);
        }
    }

    private static <T> T taken(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Interrupts what still runs and waits a little for it, so that no run goes on behind the caller's back. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            if (!pool.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("a run did not stop within " + GRACE_SECONDS + " s of being interrupted");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ThreadFactory factory() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }
}
