package org.rewardlab.kernel.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.Claim;

/** What a person reads while notebooks run: a line for each cell with its time, and the claims at the end. */
final class RunLog {
    private static final int LONGEST_SOURCE = 60;

    private final PrintStream out;
    private final boolean terminal;
    private final boolean trace;
    private final long begun = System.nanoTime();
    private String running = "";

    /**
     * @param terminal whether a line may be overwritten while a cell runs
     * @param trace whether outputs of cells are printed too
     */
    RunLog(PrintStream out, boolean terminal, boolean trace) {
        this.out = out;
        this.terminal = terminal && !trace;
        this.trace = trace;
    }

    synchronized void notebook(Path notebook, int cells) {
        out.println(notebook.getFileName() + ": " + cells + (cells == 1 ? " cell" : " cells"));
    }

    synchronized void begins(int number, int cells, Cell cell) {
        running = place(number, cells) + "  ...     " + source(cell);
        if (terminal) {
            out.print(running);
            out.flush();
        }
    }

    /** Shows for how long the present cell has run, on a terminal. */
    synchronized void ticks(long cellNanos) {
        if (terminal && !running.isEmpty()) {
            out.print("\r" + running.replaceFirst("\\.{3} {5}", "%-8s".formatted(time(cellNanos))));
            out.flush();
        }
    }

    synchronized void ended(int number, int cells, Cell cell, long cellNanos, String failure) {
        running = "";
        String line = "%s  %-8s%s".formatted(place(number, cells), time(cellNanos), source(cell));
        out.println((terminal ? "\r" : "") + "%-88s  %s".formatted(line, "total " + time(sinceBegin())));
        if (!failure.isEmpty()) {
            out.println("        " + sign("\u2717", "x") + " " + failure);
        }
        out.flush();
    }

    synchronized void traced(String text) {
        if (trace) {
            out.print(text);
            out.flush();
        }
    }

    synchronized void says(String line) {
        out.println(line);
        out.flush();
    }

    /** The last lines: what was claimed, and where the results are. */
    synchronized void ends(List<Claim> claims, String outcome, List<Path> written) {
        for (Claim claim : claims) {
            String verdict = switch (claim.verdict()) {
                case HOLDS -> sign("\u2713", "+") + " holds     ";
                case FAILS -> sign("\u2717", "x") + " fails     ";
                case NOT_JUDGED -> sign("\u25CB", "o") + " not judged";
            };
            String details =
                    claim.details().isBlank() ? "" : " (" + claim.details().strip() + ")";
            out.println("claim " + verdict + "  " + claim.statement().strip() + details);
        }
        out.println(outcome + " in " + time(sinceBegin()));
        written.forEach(file -> out.println("wrote " + file));
        out.flush();
    }

    private long sinceBegin() {
        return System.nanoTime() - begun;
    }

    private String sign(String sign, String plain) {
        String name = System.getProperty(
                "stdout.encoding",
                System.getProperty("sun.stdout.encoding", System.getProperty("native.encoding", "")));
        return name.toUpperCase(Locale.ROOT).startsWith("UTF") ? sign : plain;
    }

    private static String place(int number, int cells) {
        String all = String.valueOf(cells);
        return ("[%" + all.length() + "d/%s]").formatted(number, all);
    }

    /** The line of a cell by which its author knows it: the first that is neither blank nor a remark. */
    private static String source(Cell cell) {
        String line = cell.source()
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("//") && !l.startsWith("/*") && !l.startsWith("*"))
                .findFirst()
                .orElse(cell.source().strip());
        String first = line.lines().findFirst().orElse("");
        return first.length() <= LONGEST_SOURCE ? first : first.substring(0, LONGEST_SOURCE - 3) + "...";
    }

    static String time(long nanos) {
        double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        if (seconds < 100) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
    }
}
