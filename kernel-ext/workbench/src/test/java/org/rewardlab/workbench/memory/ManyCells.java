package org.rewardlab.workbench.memory;

import java.util.concurrent.atomic.AtomicLong;
import org.rewardlab.workbench.TestNotebook;

/** Runs a cell that makes and drops arrays as often as told, and prints the most memory that the process held. */
final class ManyCells {

    private ManyCells() {}

    public static void main(String[] arguments) throws InterruptedException {
        AtomicLong peak = new AtomicLong();
        Thread watch = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                peak.accumulateAndGet(ProcessMemory.resident(), Math::max);
                try {
                    Thread.sleep(3);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        watch.setDaemon(true);
        watch.start();
        try (TestNotebook notebook = new TestNotebook()) {
            notebook.run("""
                    import ai.djl.ndarray.*;
                    import ai.djl.ndarray.types.*;
                    NDManager manager = NDManager.newBaseManager();
                    """);
            for (int cell = 0; cell < Integer.parseInt(arguments[0]); cell++) {
                notebook.run(arguments[1]);
            }
        }
        watch.interrupt();
        System.out.println("peak " + (peak.get() >> 20));
        System.exit(0);
    }
}
