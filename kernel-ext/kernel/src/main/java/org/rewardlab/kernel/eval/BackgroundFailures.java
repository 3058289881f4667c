package org.rewardlab.kernel.eval;

import java.util.Arrays;

/** What is said when a thread of a cell dies: nothing where it was stopped, else its failure, without wrapper classes. */
final class BackgroundFailures implements Thread.UncaughtExceptionHandler {

    private static final int MAX_FRAMES = 12;

    private BackgroundFailures() {}

    static void install() {
        Thread.setDefaultUncaughtExceptionHandler(new BackgroundFailures());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (thrown instanceof CellStopped) {
            return;
        }
        StringBuilder text = new StringBuilder("Thread " + thread.getName() + " ended: ");
        for (Throwable each : CellFrames.family(thrown)) {
            text.append(each == thrown ? "" : "Caused by: ")
                    .append(Ansi.red(CellNames.of(each.getClass())))
                    .append(each.getMessage() == null ? "" : ": " + CellNames.plain(each.getMessage()))
                    .append('\n');
            Arrays.stream(each.getStackTrace())
                    .limit(MAX_FRAMES)
                    .forEach(frame -> text.append("    at ").append(text(frame)).append('\n'));
        }
        System.err.print(text);
    }

    private static String text(StackTraceElement frame) {
        if (!CellFrames.isCell(frame)) {
            return frame.toString();
        }
        String method = frame.getMethodName();
        boolean named = !method.startsWith("lambda$") && !method.startsWith("do_it$");
        return "code of a cell" + (named ? ", " + method + "()" : "");
    }
}
