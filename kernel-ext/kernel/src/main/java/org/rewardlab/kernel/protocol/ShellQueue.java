package org.rewardlab.kernel.protocol;

import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The requests of the shell channel, served one after another. */
final class ShellQueue {

    private static final long REST_MILLIS = 1_000;

    private final LinkedBlockingDeque<Exchange> waiting = new LinkedBlockingDeque<>();
    private volatile boolean working;
    private volatile boolean serving;

    void add(Exchange exchange) {
        waiting.add(exchange);
    }

    /** The next request; where none comes for a second, something else is done before going on to wait. */
    Exchange take(Runnable atRest) throws InterruptedException {
        working = true;
        serving = false;
        Exchange next = waiting.poll(REST_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            atRest.run();
            next = waiting.take();
        }
        serving = true;
        return next;
    }

    void done() {
        serving = false;
    }

    /** Whether a request may be answered out of turn: nothing is being served, or the worker has not begun. */
    boolean isIdle() {
        return !working || (!serving && waiting.isEmpty());
    }

    /** Whether the worker has come to its first request. */
    boolean hasBegun() {
        return working;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The request that comes after the one being served, if it is there already. */
    @Nullable
    Exchange next() {
        return waiting.peek();
    }

    /** Whether a request of that type waits. */
    boolean hasWaiting(String type) {
        return waiting.stream().anyMatch(e -> e.request().type().equals(type));
    }

    /** Marks the cells that wait now: they are answered as aborted when their turn comes. */
    void abortCells() {
        for (Exchange exchange : waiting) {
            if (exchange.request().type().equals("execute_request")) {
                exchange.abort();
            }
        }
    }
}
