package org.rewardlab.kernel;

import java.util.Optional;

/** Ends the kernel when the process that started it is gone. */
final class ParentWatch {

    private static final long PERIOD_MILLIS = 1_000;

    private ParentWatch() {}

    static void start(Runnable onDeath) {
        Optional<ProcessHandle> parent = parent();
        if (parent.isEmpty() || parent.get().pid() <= 1) {
            return;
        }
        Thread watch = new Thread(null, () -> watch(parent.get(), onDeath), "parent-watch", 0, false);
        watch.setDaemon(true);
        watch.start();
    }

    /** The process that Jupyter names, or else the one above this. */
    private static Optional<ProcessHandle> parent() {
        String named = System.getenv("JPY_PARENT_PID");
        if (named != null && named.matches("\\d{1,18}")) {
            Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(named));
            if (handle.isPresent()) {
                return handle;
            }
        }
        return ProcessHandle.current().parent();
    }

    private static void watch(ProcessHandle parent, Runnable onDeath) {
        while (parent.isAlive()) {
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
        onDeath.run();
    }
}
