package org.rewardlab.kernel.eval;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/** JShell and what is built around it. Everything here happens on the cell thread. */
final class CellEngine {

    private final VariableStore variables = new VariableStore();
    private final CellClassLoader loader;
    private final CellControl control;
    private final List<String> compilerOptions;
    private final Reports reports;
    private final CellPlaces places = new CellPlaces(this::jshell);
    private final SpentSnippets spent = new SpentSnippets();
    private final List<String> classPath =
            new CopyOnWriteArrayList<>(System.getProperty("java.class.path", "").split(File.pathSeparator, -1));
    private final Ambiguities ambiguities = new Ambiguities();
    private final WaitingTypes waiting = new WaitingTypes();
    private final Rescues rescues = new Rescues(this);
    private final LastResults lastResults = new LastResults();
    private final Values values = new Values();
    private final CellSplitter splitter = new CellSplitter(() -> jshell().sourceCodeAnalysis());
    private @Nullable JShell shell;

    CellEngine(ClassLoader parent, Collection<String> compilerOptions) {
        loader = new CellClassLoader(parent, new SafeRewrite(new Instrumenter(variables)));
        variables.loader(loader);
        control = new CellControl(loader, variables, places);
        this.compilerOptions = List.copyOf(compilerOptions);
        reports = new Reports(this);
    }

    void start(Collection<Path> classPath) {
        shell = JShell.builder()
                .executionEngine(new CellControl.Provider(control), Map.of())
                .fileManager(CompilerFiles::new)
                .compilerOptions(compilerOptions.toArray(new String[0]))
                .build();
        if (!classPath.isEmpty()) {
            addToClasspath(classPath);
        }
    }

    /** Evaluates import lines and the like; one that fails is reported on the error stream and does not stop the rest. */
    void startup(List<String> snippets) {
        snippets.forEach(ambiguities::startsWith);
        ImportBlock.joined(snippets).forEach(this::startup);
    }

    private void startup(String snippet) {
        CellSource source = new CellSource("startup", snippet);
        Outcome outcome = snippet.startsWith("import ") ? evaluateImport(source) : evaluate(source);
        if (!(outcome instanceof Outcome.Failed failed)) {
            return;
        }
        List<String> lines = snippet.startsWith("import ") ? ImportBlock.lines(snippet) : List.of();
        if (lines.size() > 1) {
            lines.forEach(this::startup);
        } else {
            System.err.println("startup: " + snippet + ": " + failed.report().evalue());
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
        spent.drop(jshell());
        try {
            CellSource source =
                    cell.as(lastResults.declareIn(this, RecordConstructors.opened(SealedTypes.completed(cell.text()))));
            List<Snippet> unresolved = new ArrayList<>();
            Part plain = PlainValue.of(source.text());
            Outcome last = plain == null ? null : evaluateValue(source, plain);
            if (last == null) {
                last = evaluateStretches(
                        source,
                        splitter.stretches(source.text(), splitter.split(source.text(), plain)),
                        unresolved,
                        task);
            }
            if (last instanceof Outcome.Failed) {
                return last;
            }
            if (task.stopped() != CellTask.Stop.NONE) {
                return reports.stopped(task, new CellStopped("the cell was interrupted"));
            }
            reports.noteLost(variables.takeLost());
            ErrorReport broken = reports.unresolved(unresolved);
            return broken == null ? last : new Outcome.Failed(broken, null);
        } catch (CellSplitter.Incomplete e) {
            return new Outcome.Failed(IncompleteReport.of(cell, e.start()), null);
        }
    }

    private Outcome evaluateStretches(
            CellSource cell, List<CellSplitter.Stretch> stretches, List<Snippet> unresolved, CellTask task) {
        Outcome last = new Outcome.Done();
        for (int i = 0; i < stretches.size(); i++) {
            last = evaluateStretch(cell, stretches.get(i), i == stretches.size() - 1, unresolved);
            if (last instanceof Outcome.Failed || task.stopped() != CellTask.Stop.NONE) {
                break;
            }
        }
        return last;
    }

    private Outcome evaluateStretch(
            CellSource cell, CellSplitter.Stretch stretch, boolean end, List<Snippet> unresolved) {
        Part first = stretch.parts().get(0);
        if (!stretch.joined()) {
            return evaluatePart(cell, first, end, unresolved);
        }
        Part last = stretch.parts().get(stretch.parts().size() - 1);
        String block = "{" + cell.text().substring(first.start(), last.end()) + "}";
        Outcome joined = evaluateSnippets(cell, first.start(), block, false, unresolved);
        if (!(joined instanceof Outcome.Failed failed) || failed.thrown() != null) {
            return joined;
        }
        // The block did not compile, and nothing of it ran: half by half the statements may, up to the wrong one.
        return evaluateStretches(cell, stretch.halves(), unresolved, CellTask.current());
    }

    private Outcome evaluatePart(CellSource cell, Part part, boolean end, List<Snippet> unresolved) {
        boolean shown = end && !part.terminated();
        Outcome value = shown && part.kind() == Part.Kind.VALUE ? evaluateValue(cell, part) : null;
        if (value != null) {
            return value;
        }
        ErrorReport pair = TwoNames.report(cell, part, jshell());
        if (pair != null) {
            return new Outcome.Failed(pair, null);
        }
        String source = splitter.terminated(part, cell.text());
        return evaluateSnippets(cell, part.start(), source, shown, unresolved);
    }

    private @Nullable Outcome evaluateValue(CellSource cell, Part part) {
        control.begin();
        Origin origin = new Origin(cell, part.start());
        SnippetEvent event = places.<@Nullable SnippetEvent>evaluating(
                origin, () -> values.evaluate(jshell(), part.of(cell.text())));
        if (event == null) {
            return null;
        }
        places.remember(event.snippet(), origin);
        if (event.exception() != null) {
            return failed(event.snippet(), event.exception());
        }
        return result(event.snippet(), control.takeValue(), part.of(cell.text()));
    }

    private Outcome evaluateSnippets(
            CellSource cell, int start, String source, boolean shown, List<Snippet> unresolved) {
        control.begin();
        String text = waiting.closed(source);
        Origin origin = new Origin(cell, start);
        List<SnippetEvent> events = places.evaluating(origin, () -> ambiguities.settled(jshell(), text));
        Outcome outcome = new Outcome.Done();
        for (SnippetEvent event : events) {
            Snippet snippet = event.snippet();
            if (event.causeSnippet() != null) {
                rescues.consider(event);
                continue;
            }
            if (event.status() != Status.NONEXISTENT || event.exception() != null) {
                places.remember(snippet, origin);
            }
            Outcome each = judge(cell, event, start, shown, unresolved);
            if (each instanceof Outcome.Failed) {
                return each;
            }
            outcome = each;
        }
        List<SnippetEvent> sealed = waiting.sealed(jshell());
        sealed.forEach(rescues::consider);
        rescues.redeclare();
        Snippet wrong = WaitingTypes.rejected(sealed);
        return wrong == null ? outcome : new Outcome.Failed(reports.rejected(cell, wrong, start), null);
    }

    private Outcome judge(CellSource cell, SnippetEvent event, int position, boolean shown, List<Snippet> unresolved) {
        Snippet snippet = event.snippet();
        JShellException thrown = event.exception();
        if (thrown != null) {
            return failed(snippet, thrown);
        }
        if (event.status() == Status.REJECTED) {
            return new Outcome.Failed(reports.rejected(cell, snippet, position), null);
        }
        if (event.status() == Status.RECOVERABLE_DEFINED || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
            unresolved.add(snippet);
            waiting.yieldTo(snippet, jshell()).forEach(rescues::consider);
        }
        Object value = control.takeValue();
        if (snippet.kind() == Snippet.Kind.STATEMENT || snippet.kind() == Snippet.Kind.ERRONEOUS) {
            spent.add(snippet);
        }
        return Values.isResult(snippet) ? result(snippet, value, shown ? snippet.source() : null) : new Outcome.Done();
    }

    private Outcome failed(Snippet snippet, JShellException thrown) {
        spent.add(snippet);
        return thrown instanceof UnresolvedReferenceException missing
                ? new Outcome.Failed(reports.unresolved(missing), missing)
                : reports.thrown(thrown, control.takeThrown());
    }

    /** The value of an expression: to show, where the expression is given, else to let go. */
    private Outcome result(Snippet snippet, @Nullable Object value, @Nullable String expression) {
        boolean temporary = snippet instanceof VarSnippet variable && Values.isName(variable.name());
        if (temporary) {
            control.clearTemporary(((VarSnippet) snippet).name());
        }
        if (temporary || snippet.kind() != Snippet.Kind.VAR) {
            spent.add(snippet);
        }
        boolean isStream = value != null && (value == System.out || value == System.err);
        if (expression == null || isStream) {
            return new Outcome.Done();
        }
        lastResults.add(expression, value);
        return new Outcome.Value(value);
    }

    /** Declares a variable with a value that is already there. */
    void declare(String type, String name, @Nullable Object value) {
        List<SnippetEvent> events = jshell().eval(type + " " + name + ";");
        if (events.get(0).status() == Status.REJECTED) {
            String erased = variables.erasedType(name);
            jshell().eval((erased == null ? "Object" : erased) + " " + name + ";");
        }
        if (!variables.set(name, value)) {
            jshell().eval("Object " + name + ";");
            boolean unused = variables.set(name, value);
        }
    }

    boolean hasName(String name) {
        return jshell().snippets()
                .anyMatch(s -> s instanceof DeclarationSnippet declared
                        && declared.name().equals(name)
                        && jshell().status(s).isActive());
    }

    List<Variable> variables() {
        return jshell().variables()
                .filter(v -> jshell().status(v).isActive() && !Values.isName(v.name()) && !LastResults.isName(v.name()))
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
}
