package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

/** Turns failures into reports for the user. */
final class Reports {

    private static final StackTraceElement[] NO_FRAMES = new StackTraceElement[0];

    private final CellEngine engine;
    private final CompileReport compile;

    Reports(CellEngine engine) {
        this.engine = engine;
        compile = new CompileReport(engine);
    }

    /** A throwable of a cell, as JShell saw it and as it really was. */
    Outcome.Failed thrown(JShellException seen, @Nullable Throwable real) {
        Throwable thrown = real == null ? seen : real;
        StackTraceElement[] raw = CellFrames.wrapperFrames(thrown);
        StackTraceElement[] translated = seen instanceof EvalException ? seen.getStackTrace() : NO_FRAMES;
        if (thrown instanceof CellFailure inner) {
            return new Outcome.Failed(inner.report(), thrown);
        }
        RuntimeReport report = new RuntimeReport(raw, translated, engine);
        CellTask task = CellTask.current();
        if (task.stopped() != CellTask.Stop.NONE) {
            return new Outcome.Failed(stop(task, report, thrown), thrown);
        }
        return new Outcome.Failed(report.of(thrown, hint(thrown)), thrown);
    }

    /** A throwable that did not pass through JShell. */
    Outcome.Failed failed(Throwable thrown) {
        if (thrown instanceof CellFailure inner) {
            return new Outcome.Failed(inner.report(), thrown);
        }
        return new Outcome.Failed(placed(thrown).of(thrown, hint(thrown)), thrown);
    }

    /** The report on what ended a thread that the cell started. */
    ErrorReport onOtherThread(Throwable thrown) {
        return placed(thrown).of(thrown, null);
    }

    private RuntimeReport placed(Throwable thrown) {
        StackTraceElement[] raw = CellFrames.wrapperFrames(thrown);
        return new RuntimeReport(raw, engine.translated(raw), engine);
    }

    private @Nullable String hint(Throwable thrown) {
        return Hints.of(thrown, () -> CellTask.isOnTask() ? engine.variables() : List.of());
    }

    /** The end of a task that was stopped outside of its own code, or that broke down. */
    Outcome.Failed stopped(CellTask task, Throwable thrown) {
        if (task.stopped() == CellTask.Stop.NONE) {
            return failed(thrown);
        }
        return new Outcome.Failed(stop(task, placed(thrown), thrown), thrown);
    }

    private static ErrorReport stop(CellTask task, RuntimeReport report, Throwable thrown) {
        ErrorReport detailed = report.of(thrown, null);
        boolean timedOut = task.stopped() == CellTask.Stop.TIMED_OUT;
        String name = timedOut ? "java.util.concurrent.TimeoutException" : "java.lang.InterruptedException";
        String message = task.isAbandoned() && thrown.getMessage() != null
                ? thrown.getMessage()
                : timedOut ? "the cell ran longer than its time limit" : "the cell was interrupted";
        List<String> lines = new ArrayList<>(detailed.traceback());
        lines.set(0, Ansi.red(name) + ": " + Ansi.bold(message));
        return new ErrorReport(name, message, lines);
    }

    /** Code that ran into a declaration which refers to something not there yet. */
    ErrorReport unresolved(UnresolvedReferenceException seen) {
        DeclarationSnippet snippet = seen.getSnippet();
        String missing = String.join(
                ", ", engine.jshell().unresolvedDependencies(snippet).toList());
        String message =
                CompileReport.name(snippet) + " needs " + (missing.isEmpty() ? "declarations with errors" : missing)
                        + (missing.isEmpty() ? "" : ", which is not declared");
        List<String> lines = new ArrayList<>();
        lines.add(Ansi.red("UnresolvedReferenceException") + ": " + Ansi.bold(message));
        Origin origin = engine.origin(snippet.id());
        if (origin != null) {
            lines.add(origin.cell().name() + ", line " + origin.line(1));
            lines.addAll(SourceView.arrow(origin.cell(), origin.line(1)));
            if (missing.isEmpty()) {
                lines.addAll(rejected(origin.cell(), snippet, origin.position()).traceback());
            }
        }
        return new ErrorReport("UnresolvedReferenceException", message, lines);
    }

    ErrorReport rejected(CellSource cell, Snippet snippet, int position) {
        return compile.of(cell, snippet, position);
    }

    /**
     * A dim word on declarations that wait for others.
     *
     * @return what is wrong with one that waits for nothing and yet cannot be used; null where there is none
     */
    @Nullable
    ErrorReport unresolved(List<Snippet> snippets) {
        ErrorReport broken = null;
        for (Snippet snippet : snippets) {
            String waits = compile.waits(snippet);
            Origin origin = engine.origin(snippet.id());
            if (!waits.isEmpty()) {
                System.err.println("[" + waits + "]");
            } else if (broken == null && compile.isUnusable(snippet) && origin != null) {
                broken = compile.of(origin.cell(), snippet, origin.position());
            }
        }
        return broken;
    }

    /** A word on variables whose types were declared anew. */
    void noteLost(Set<String> names) {
        if (!names.isEmpty()) {
            System.err.println("[reset, because their types were declared again: " + String.join(", ", names) + "]");
        }
    }
}
