package org.rewardlab.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.protocol.KernelServer;

/** The end of the process: in good order where that is quick, and within two seconds whatever user threads do. */
final class ProcessEnd {

    private static final long ORDERLY_MILLIS = 1_200;

    private final AtomicReference<@Nullable KernelServer> server;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    ProcessEnd(AtomicReference<@Nullable KernelServer> server) {
        this.server = server;
    }

    /** Ends the process soon; returns at once. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            daemon("end", this::end);
            daemon("end-watchdog", () -> {
                pause(ORDERLY_MILLIS);
                Runtime.getRuntime().halt(0);
            });
        }
    }

    /** Waits for the end, which the virtual machine does not outlive. */
    void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        KernelServer running = server.get();
        if (running != null) {
            running.close();
        }
        ended.countDown();
        System.exit(0);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
