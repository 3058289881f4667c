package org.rewardlab.kernel.eval;

/** What is said when a thread of a cell dies: nothing where it was stopped, else its failure with the lines of cells. */
final class BackgroundFailures implements Thread.UncaughtExceptionHandler {

    private final Reports reports;

    private BackgroundFailures(Reports reports) {
        this.reports = reports;
    }

    static void install(Reports reports) {
        Thread.setDefaultUncaughtExceptionHandler(new BackgroundFailures(reports));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (thrown instanceof CellStopped) {
            return;
        }
        String report = String.join("\n", reports.onOtherThread(thrown).traceback());
        System.err.print("Thread " + thread.getName() + " ended: " + report + "\n");
    }
}
