package org.rewardlab.kernel.eval;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/** JShell and what is built around it. Everything here happens on the cell thread. */
final class CellEngine {

    private final VariableStore variables = new VariableStore();
    private final CellClassLoader loader;
    private final CellControl control;
    private final List<String> compilerOptions;
    private final Reports reports;
    private final CellPlaces places = new CellPlaces(() -> jshell().sourceCodeAnalysis());
    private final Deque<Snippet> spent = new ArrayDeque<>();
    private final List<String> classPath =
            new CopyOnWriteArrayList<>(System.getProperty("java.class.path", "").split(File.pathSeparator, -1));
    private final Ambiguities ambiguities = new Ambiguities();
    private final Rescues rescues = new Rescues(this);
    private final LastResults lastResults = new LastResults();
    private @Nullable JShell shell;
    private @Nullable CellSplitter splitter;

    CellEngine(ClassLoader parent, Collection<String> compilerOptions) {
        loader = new CellClassLoader(parent, new SafeRewrite(new Instrumenter(variables)));
        variables.loader(loader);
        control = new CellControl(loader, variables);
        this.compilerOptions = List.copyOf(compilerOptions);
        reports = new Reports(this);
    }

    void start(Collection<Path> classPath) {
        JShell made = JShell.builder()
                .executionEngine(new Provider(control), Map.of())
                .compilerOptions(compilerOptions.toArray(new String[0]))
                .build();
        shell = made;
        splitter = new CellSplitter(made.sourceCodeAnalysis());
        if (!classPath.isEmpty()) {
            addToClasspath(classPath);
        }
    }

    /** Evaluates import lines and the like; one that fails is reported on the error stream and does not stop the rest. */
    void startup(List<String> snippets) {
        for (String snippet : snippets) {
            ambiguities.startsWith(snippet);
            CellSource source = new CellSource("startup", snippet);
            Outcome outcome = snippet.startsWith("import ") ? evaluateImport(source) : evaluate(source);
            if (outcome instanceof Outcome.Failed failed) {
                System.err.println(
                        "startup: " + snippet + ": " + failed.report().evalue());
            }
        }
    }

    /** Evaluates one line that is known to be an import: parsing it for its parts would cost more than the import. */
    private Outcome evaluateImport(CellSource source) {
        CellTask task = CellTask.current();
        int depth = task.suspendUserCode();
        try {
            return evaluateSnippets(source, 0, source.text(), false, new ArrayList<>());
        } finally {
            task.resumeUserCode(depth);
        }
    }

    JShell jshell() {
        if (shell == null) {
            throw new IllegalStateException("the evaluator has not started");
        }
        return shell;
    }

    CellClassLoader loader() {
        return loader;
    }

    Reports reports() {
        return reports;
    }

    VariableStore variableStore() {
        return variables;
    }

    @Nullable
    Origin origin(String snippetId) {
        return places.origin(snippetId);
    }

    /** Frames in terms of snippets, where that can be told. */
    StackTraceElement[] translated(StackTraceElement[] frames) {
        return places.translated(frames);
    }

    List<String> classPath() {
        return List.copyOf(classPath);
    }

    void addToClasspath(Collection<Path> entries) {
        entries.forEach(entry -> classPath.add(entry.toAbsolutePath().toString()));
        jshell().addToClasspath(Evaluator.joined(entries));
    }

    /** Evaluates a whole cell; nested calls, from a cell's own code, are allowed. */
    Outcome evaluate(CellSource source) {
        CellTask task = CellTask.current();
        int depth = task.suspendUserCode();
        try {
            return evaluateParts(source, task);
        } finally {
            task.resumeUserCode(depth);
        }
    }

    private Outcome evaluateParts(CellSource cell, CellTask task) {
        CellSplitter splits = splitter;
        if (splits == null) {
            throw new IllegalStateException("the evaluator has not started");
        }
        dropSpent();
        List<Part> parts;
        try {
            CellSource source =
                    cell.as(lastResults.declareIn(this, RecordConstructors.opened(SealedTypes.completed(cell.text()))));
            parts = splits.split(source.text());
            Outcome last = new Outcome.Done();
            List<Snippet> unresolved = new ArrayList<>();
            List<CellSplitter.Stretch> stretches = splits.stretches(source.text(), parts);
            for (int i = 0; i < stretches.size(); i++) {
                boolean end = i == stretches.size() - 1;
                last = evaluateStretch(source, stretches.get(i), end, unresolved);
                if (last instanceof Outcome.Failed) {
                    return last;
                }
                if (task.stopped() != CellTask.Stop.NONE) {
                    return reports.stopped(task, new CellStopped("the cell was interrupted"));
                }
            }
            reports.noteUnresolved(unresolved);
            reports.noteLost(variables.takeLost());
            return last;
        } catch (CellSplitter.Incomplete e) {
            return new Outcome.Failed(IncompleteReport.of(cell, e.start()), null);
        }
    }

    private Outcome evaluateStretch(
            CellSource cell, CellSplitter.Stretch stretch, boolean end, List<Snippet> unresolved) {
        Part first = stretch.parts().get(0);
        if (!stretch.joined()) {
            return evaluatePart(cell, first, end, unresolved);
        }
        Part last = stretch.parts().get(stretch.parts().size() - 1);
        String block = "{" + cell.text().substring(first.start(), last.end()) + "}";
        Outcome joined = evaluateSnippets(cell, first.start() - 1, block, false, unresolved);
        if (!(joined instanceof Outcome.Failed failed) || failed.thrown() != null) {
            return joined;
        }
        // The block did not compile, and nothing of it ran: one by one the statements may, up to the wrong one.
        for (Part part : stretch.parts()) {
            Outcome outcome = evaluatePart(cell, part, false, unresolved);
            if (outcome instanceof Outcome.Failed) {
                return outcome;
            }
        }
        return new Outcome.Done();
    }

    private Outcome evaluatePart(CellSource cell, Part part, boolean end, List<Snippet> unresolved) {
        String source = CellSplitter.terminated(jshell().sourceCodeAnalysis(), part, cell.text());
        return evaluateSnippets(cell, part.start(), source, end && !part.terminated(), unresolved);
    }

    private Outcome evaluateSnippets(
            CellSource cell, int start, String source, boolean shown, List<Snippet> unresolved) {
        control.begin();
        List<SnippetEvent> events = ambiguities.settled(jshell(), source);
        Outcome outcome = new Outcome.Done();
        int position = start;
        for (SnippetEvent event : events) {
            Snippet snippet = event.snippet();
            if (event.causeSnippet() != null) {
                rescues.consider(event);
                continue;
            }
            if (event.status() != Status.NONEXISTENT || event.exception() != null) {
                places.remember(snippet, new Origin(cell, position));
            }
            Outcome each = judge(cell, event, position, shown, unresolved);
            if (each instanceof Outcome.Failed) {
                return each;
            }
            outcome = each;
        }
        rescues.redeclare();
        return outcome;
    }

    private Outcome judge(CellSource cell, SnippetEvent event, int position, boolean shown, List<Snippet> unresolved) {
        Snippet snippet = event.snippet();
        JShellException thrown = event.exception();
        if (thrown != null) {
            spend(snippet);
            return thrown instanceof UnresolvedReferenceException missing
                    ? new Outcome.Failed(reports.unresolved(missing), missing)
                    : reports.thrown(thrown, control.takeThrown());
        }
        if (event.status() == Status.REJECTED) {
            return new Outcome.Failed(reports.rejected(cell, snippet, position), null);
        }
        if (event.status() == Status.RECOVERABLE_DEFINED || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
            unresolved.add(snippet);
        }
        Object value = control.takeValue();
        if (snippet.kind() == Snippet.Kind.STATEMENT || snippet.kind() == Snippet.Kind.ERRONEOUS) {
            spend(snippet);
        }
        return isResult(snippet) ? result(snippet, value, shown) : new Outcome.Done();
    }

    private static boolean isResult(Snippet snippet) {
        return snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || snippet.subKind() == Snippet.SubKind.VAR_VALUE_SUBKIND
                || snippet.subKind() == Snippet.SubKind.OTHER_EXPRESSION_SUBKIND;
    }

    private Outcome result(Snippet snippet, @Nullable Object value, boolean shown) {
        String type = snippet instanceof VarSnippet variable
                ? variable.typeName()
                : snippet instanceof ExpressionSnippet expression ? expression.typeName() : "Object";
        if (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
            control.clearTemporary(((VarSnippet) snippet).name());
        }
        if (snippet.kind() != Snippet.Kind.VAR || snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
            spend(snippet);
        }
        boolean isStream = value != null && (value == System.out || value == System.err);
        if (shown && !isStream) {
            lastResults.add(type, value);
            return new Outcome.Value(value);
        }
        return new Outcome.Done();
    }

    /** Marks a snippet that nothing can refer to any more; it is dropped when the next cell begins. */
    private void spend(Snippet snippet) {
        spent.add(snippet);
    }

    private void dropSpent() {
        while (!spent.isEmpty()) {
            Snippet snippet = spent.remove();
            if (jshell().status(snippet).isActive()) {
                jshell().drop(snippet);
            }
        }
    }

    /** Declares a variable with a value that is already there. */
    void declare(String type, String name, @Nullable Object value) {
        List<SnippetEvent> events = jshell().eval(type + " " + name + ";");
        if (events.get(0).status() == Status.REJECTED) {
            String erased = variables.erasedType(name);
            jshell().eval((erased == null ? "Object" : erased) + " " + name + ";");
        }
        variables.set(name, value);
    }

    boolean hasName(String name) {
        return jshell().snippets()
                .anyMatch(s -> s instanceof DeclarationSnippet declared
                        && declared.name().equals(name)
                        && jshell().status(s).isActive());
    }

    List<Variable> variables() {
        return jshell().variables()
                .filter(v -> jshell().status(v).isActive()
                        && v.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                        && !LastResults.isName(v.name()))
                .map(v -> new Variable(v.name(), v.typeName(), variables.get(v.name())))
                .toList();
    }

    void reset() {
        List<Snippet> all = jshell().snippets()
                .filter(s ->
                        s.kind() != Snippet.Kind.IMPORT && jshell().status(s).isActive())
                .toList();
        for (Snippet snippet : all) {
            if (snippet instanceof VarSnippet variable) {
                variables.forget(variable.name());
            }
            jshell().drop(snippet);
        }
        lastResults.clear();
    }

    void close() {
        JShell open = shell;
        if (open != null) {
            open.close();
        }
    }

    private record Provider(CellControl control) implements ExecutionControlProvider {

        @Override
        public String name() {
            return "cells";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return control;
        }
    }
}
