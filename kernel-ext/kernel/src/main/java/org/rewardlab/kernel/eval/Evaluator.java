package org.rewardlab.kernel.eval;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.CellContext;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.SystemStreams;

/**
 * Evaluates cells of Java in this process. All of them run on one thread, which keeps its thread-locals from cell to cell;
 * results are the objects themselves; variables keep their values whatever is compiled again; a loop in a cell can be
 * stopped. Knows no Jupyter.
 */
public final class Evaluator implements AutoCloseable {

    private final CellEngine engine;
    private final Interrupter interrupter;
    private final @Nullable Duration timeout;
    private volatile CellThread cells;

    private Evaluator(Builder builder) {
        SystemStreams.install();
        engine = new CellEngine(builder.parent, builder.compilerOptions);
        BackgroundFailures.install(engine.reports());
        cells = new CellThread(engine.loader());
        interrupter = new Interrupter();
        timeout = builder.timeout;
        List<Path> classPath = List.copyOf(builder.classPath);
        List<String> imports = List.copyOf(builder.startup);
        onCellThread(() -> {
            engine.start(classPath);
            engine.startup(imports);
            return true;
        });
    }

    /** Settings of a new evaluator. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Evaluates a cell on the cell thread and waits for it. What it prints and displays goes to the output; the value or
     * the failure is returned.
     */
    public Outcome evaluate(String source, int number, CellOutput output) {
        CellContext context = new CellContext(number, output);
        Outcome outcome = run(context, () -> evaluateHere(CellSource.of(number, source)), failed -> failed);
        context.output().finish();
        return outcome;
    }

    /**
     * Runs a cell's whole work, evaluation and rendering, on the cell thread and waits for it.
     *
     * @param context the cell
     * @param work what to do; it may call {@link #evaluateHere}
     * @param failure what to return where the work is given up or throws
     */
    public <T> T run(CellContext context, Callable<T> work, Function<Outcome.Failed, T> failure) {
        if (cells.isOwn()) {
            try {
                return work.call();
            } catch (Exception e) {
                return failure.apply(engine.reports().failed(e));
            }
        }
        SystemStreams.latest(context);
        CellTask task = new CellTask(context, work);
        cells.submit(task);
        interrupter.watchTimeout(cells, task, timeout);
        try {
            @SuppressWarnings("unchecked")
            T value = (T) task.outcome().get();
            return value;
        } catch (ExecutionException e) {
            return failure.apply(engine.reports().stopped(task, e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.stop(CellTask.Stop.INTERRUPTED);
            return failure.apply(engine.reports().stopped(task, e));
        } finally {
            interrupter.ended(task);
        }
    }

    /** Evaluates a source on the cell thread, where a cell's work or a nested call already runs. */
    public Outcome evaluateHere(CellSource source) {
        if (!cells.isOwn()) {
            throw new IllegalStateException("evaluateHere: expected the cell thread, got " + Thread.currentThread());
        }
        return engine.evaluate(source);
    }

    /** Does something that needs JShell, such as a completion, on the cell thread and outside of any cell. */
    public <T> T analyze(Function<SourceCodeAnalysis, T> question) {
        return onCellThread(() -> question.apply(engine.jshell().sourceCodeAnalysis()));
    }

    /** The same with the shell itself, to look at its snippets. */
    public <T> T inspect(Function<JShell, T> question) {
        return onCellThread(() -> question.apply(engine.jshell()));
    }

    /**
     * Stops the running cell; does nothing when none runs. A second call, three seconds after a first one that did not
     * help, gives the thread up and continues on a new one.
     */
    public void interrupt() {
        CellThread now = cells;
        if (interrupter.interrupt(now)) {
            CellThread next = new CellThread(engine.loader());
            cells = next;
            now.giveUp().forEach(next::submit);
        }
    }

    /** Whether a cell runs now. */
    public boolean isBusy() {
        return cells.running() != null;
    }

    /** Adds jars and folders of classes, for the compiler and for running code, from the next snippet on. */
    public void addToClasspath(Collection<Path> entries) {
        if (!entries.isEmpty()) {
            onCellThread(() -> {
                engine.addToClasspath(entries);
                return true;
            });
        }
    }

    /** Runs code of the user on the cell thread, such as the toString of a value: an interrupt may reach it. */
    public <T> T asUserCode(Supplier<T> work) {
        CellTask task = CellTask.current();
        task.enterUserCode();
        try {
            return work.get();
        } finally {
            task.leaveUserCode();
        }
    }

    /** Whether the notebook has a variable, method or type of that name. */
    public boolean hasName(String name) {
        return onCellThread(() -> engine.hasName(name));
    }

    /** The variables of the notebook, in the order of their declaration. */
    public List<Variable> variables() {
        return onCellThread(engine::variables);
    }

    /** The imports in force, one line each, in the order of their declaration. */
    public List<String> imports() {
        return onCellThread(() -> engine.jshell()
                .imports()
                .flatMap(each -> ImportBlock.lines(each.source()).stream())
                .map(String::strip)
                .toList());
    }

    /** The present value of a variable; null where there is none of that name. */
    public @Nullable Object value(String name) {
        return engine.variableStore().get(name);
    }

    /** Forgets all declarations of the notebook; imports stay. */
    public void reset() {
        onCellThread(() -> {
            engine.reset();
            return true;
        });
    }

    /** The jars and folders that cells see: those of the process and those added. */
    public List<String> classPath() {
        return engine.classPath();
    }

    /** The class loader of cells. */
    public ClassLoader classLoader() {
        return engine.loader();
    }

    /** Error reports in the style of this evaluator, for failures outside of it. */
    public Outcome.Failed failure(Throwable thrown) {
        return engine.reports().failed(thrown);
    }

    @Override
    public void close() {
        CellThread now = cells;
        interrupter.interrupt(now);
        now.close();
        interrupter.close();
        SystemStreams.latest(null);
        engine.close();
    }

    private <T> T onCellThread(Callable<T> work) {
        CellThread now = cells;
        try {
            if (now.isOwn()) {
                CellTask task = CellTask.current();
                int depth = task.suspendUserCode();
                try {
                    return work.call();
                } finally {
                    task.resumeUserCode(depth);
                }
            }
            CellTask task = new CellTask(null, work);
            now.submit(task);
            @SuppressWarnings("unchecked")
            T value = (T) task.outcome().get();
            return value;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CellStopped("interrupted while the cell thread was busy");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(cause);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings of an evaluator. */
    public static final class Builder {

        private final List<Path> classPath = new ArrayList<>();
        private final List<String> startup = new ArrayList<>();
        private final List<String> compilerOptions = new ArrayList<>();
        private ClassLoader parent = Evaluator.class.getClassLoader();
        private @Nullable Duration timeout;

        private Builder() {}

        /** Jars and folders of classes, beside those of the application. */
        public Builder classPath(Collection<Path> entries) {
            classPath.addAll(entries);
            return this;
        }

        /** Import lines, or other declarations, evaluated before the first cell. */
        public Builder startup(Collection<String> snippets) {
            startup.addAll(snippets);
            return this;
        }

        /** Options of javac. */
        public Builder compilerOptions(Collection<String> options) {
            compilerOptions.addAll(options);
            return this;
        }

        /** The time after which a cell is interrupted; none by default. */
        public Builder timeout(@Nullable Duration limit) {
            timeout = limit;
            return this;
        }

        /** The parent of the cells' class loader; the application's by default. */
        public Builder parent(ClassLoader loader) {
            parent = loader;
            return this;
        }

        /** Starts the evaluator. */
        public Evaluator build() {
            return new Evaluator(this);
        }
    }

    static String joined(Collection<Path> entries) {
        StringBuilder path = new StringBuilder();
        for (Path entry : entries) {
            path.append(path.isEmpty() ? "" : File.pathSeparator).append(entry.toAbsolutePath());
        }
        return path.toString();
    }
}
