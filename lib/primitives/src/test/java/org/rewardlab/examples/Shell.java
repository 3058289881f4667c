package org.rewardlab.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/** A JShell of this process in which the examples run one after another; each leaves nothing behind. */
final class Shell implements AutoCloseable {

    private final JShell jshell;

    Shell(List<String> imports) {
        String surefires = System.getProperty("surefire.test.class.path");
        jshell = JShell.builder()
                .executionEngine("local")
                .compilerOptions("-cp", surefires == null ? System.getProperty("java.class.path") : surefires)
                .build();
        for (String name : imports) {
            run("import " + name + ";");
        }
    }

    /** Runs the code of an example and gives what was printed at each step that has an output. */
    List<String> run(Example example) {
        List<Snippet> before = jshell.snippets().toList();
        List<String> outputs = new ArrayList<>();
        run("var nd = ai.djl.ndarray.NDManager.newBaseManager();");
        try {
            for (Example.Step step : example.steps()) {
                String printed = run(step.code(), step.prints());
                if (step.prints()) {
                    outputs.add(printed);
                }
            }
        } finally {
            run("nd.close();");
            jshell.snippets().filter(snippet -> !before.contains(snippet)).forEach(jshell::drop);
        }
        return outputs;
    }

    private void run(String source) {
        run(source, false);
    }

    /**
     * Runs all snippets of some source; gives the value of the last one, on one line.
     *
     * @param mayThrow whether an exception of the last one is what it prints
     */
    private String run(String source, boolean mayThrow) {
        String rest = source;
        String printed = "";
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo next = jshell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (!next.completeness().isComplete()) {
                throw new AssertionError("not a complete expression: " + rest);
            }
            for (SnippetEvent event : jshell.eval(next.source())) {
                if (event.causeSnippet() == null) {
                    printed = print(event);
                    if (event.exception() != null
                            && !(mayThrow && next.remaining().isBlank())) {
                        throw new AssertionError(next.source() + printed);
                    }
                }
            }
            rest = next.remaining();
        }
        return printed;
    }

    private String print(SnippetEvent event) {
        if (event.status() == Snippet.Status.REJECTED || event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
            throw new AssertionError(event.snippet().source() + "\n"
                    + jshell.diagnostics(event.snippet())
                            .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                            .toList());
        }
        if (event.exception() instanceof EvalException e) {
            String type = e.getExceptionClassName();
            return type.substring(type.lastIndexOf('.') + 1) + ": " + e.getMessage();
        }
        return event.value() == null ? "" : Printed.onOneLine(event.value());
    }

    @Override
    public void close() {
        jshell.close();
    }
}
