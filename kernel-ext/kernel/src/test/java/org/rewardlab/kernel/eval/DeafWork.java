package org.rewardlab.kernel.eval;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Library code, without stop checks, that does not listen to interrupts. */
public final class DeafWork {

    private static volatile boolean ended;

    private DeafWork() {}

    public static void forSeconds(int seconds) {
        ended = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!ended && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    static void end() {
        ended = true;
    }
}
