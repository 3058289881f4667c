package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.QualifiedNames;

/** What is said of a snippet that does not compile: each error with its line, carets and, where there is one, a way out. */
final class CompileReport {

    private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(class|variable|method|interface) (\\w+)");

    private final CellEngine engine;

    CompileReport(CellEngine engine) {
        this.engine = engine;
    }

    ErrorReport of(CellSource cell, Snippet snippet, int position) {
        List<Diag> diagnostics =
                engine.jshell().diagnostics(snippet).filter(Diag::isError).toList();
        List<String> lines = new ArrayList<>();
        String first = "the code does not compile";
        for (Diag diagnostic : diagnostics) {
            String message = CellNames.plain(diagnostic.getMessage(Locale.ROOT)).strip();
            if (lines.isEmpty()) {
                first = message.lines().findFirst().orElse(first);
            }
            add(cell, diagnostic, message, position, lines);
        }
        if (lines.isEmpty()) {
            lines.add(Ansi.red("error: ") + Ansi.bold(first));
        }
        return new ErrorReport("CompilationException", first, lines);
    }

    private void add(CellSource cell, Diag diagnostic, String message, int position, List<String> lines) {
        List<String> text = message.lines().toList();
        lines.add(Ansi.red("error: ") + Ansi.bold(text.get(0)));
        int start = position + Math.max(0, (int) diagnostic.getStartPosition());
        int end = position + Math.max(0, (int) diagnostic.getEndPosition());
        int point = position + Math.max(0, (int) diagnostic.getPosition());
        start = clamp(cell, diagnostic.getStartPosition() == Diag.NOPOS ? point : start);
        int line = cell.lineAt(start);
        int column = start - cell.lineStart(line);
        lines.add(cell.name() + ", line " + line);
        lines.addAll(SourceView.carets(cell, line, column, Math.max(column + 1, column + end - start)));
        for (String more : text.subList(1, text.size())) {
            if (!more.isBlank() && !more.strip().startsWith("location:")) {
                lines.add("  " + more.strip());
            }
        }
        lines.addAll(suggestions(message));
    }

    private static int clamp(CellSource cell, int position) {
        int last = Math.max(0, cell.text().length() - 1);
        return Math.max(0, Math.min(position, last));
    }

    private List<String> suggestions(String message) {
        Matcher symbol = SYMBOL.matcher(message);
        if (!symbol.find()) {
            return List.of();
        }
        String kind = symbol.group(1);
        String name = symbol.group(2);
        List<String> found = new ArrayList<>();
        engine.jshell()
                .snippets()
                .filter(each -> each instanceof DeclarationSnippet declared
                        && declared.name().equals(name)
                        && isUnusable(each))
                .map(this::waits)
                .filter(waits -> !waits.isEmpty())
                .forEach(waits -> found.add("  " + waits));
        if (!found.isEmpty()) {
            return found;
        }
        String near = near(name);
        if (!near.isEmpty()) {
            found.add("  did you mean " + near + "?");
        }
        if (!kind.equals("method") && Character.isUpperCase(name.charAt(0))) {
            List<String> imports = qualified(name).getNames().stream().limit(4).toList();
            if (!imports.isEmpty()) {
                found.add("  to import it: "
                        + imports.stream().map(n -> "import " + n + ";").collect(Collectors.joining("  or  ")));
            }
        }
        return found;
    }

    /** The classes of that name. */
    private QualifiedNames qualified(String name) {
        SourceCodeAnalysis analysis = engine.jshell().sourceCodeAnalysis();
        boolean unused = ClassIndex.await(analysis);
        return analysis.listQualifiedNames(name, name.length());
    }

    /** What a declaration waits for, as {@code type A can be used once class B is declared}; empty where it does not. */
    String waits(Snippet snippet) {
        List<String> missing = isUnusable(snippet)
                ? engine.jshell()
                        .unresolvedDependencies((DeclarationSnippet) snippet)
                        .toList()
                : List.of();
        return missing.isEmpty()
                ? ""
                : name((DeclarationSnippet) snippet) + " can be used once " + String.join(", ", missing)
                        + " is declared";
    }

    /** Whether it is a declaration that is there, and of no use as it stands. */
    boolean isUnusable(Snippet snippet) {
        Snippet.Status status = engine.jshell().status(snippet);
        return snippet instanceof DeclarationSnippet && status.isActive() && status != Snippet.Status.VALID;
    }

    static String name(DeclarationSnippet snippet) {
        return switch (snippet.kind()) {
            case METHOD -> "method " + snippet.name() + "()";
            case TYPE_DECL -> "type " + snippet.name();
            case VAR -> "variable " + snippet.name();
            default -> snippet.name();
        };
    }

    private String near(String name) {
        TreeSet<String> visible = new TreeSet<>();
        engine.jshell().variables().forEach(v -> visible.add(v.name()));
        engine.jshell().methods().forEach(m -> visible.add(m.name()));
        engine.jshell().types().forEach(t -> visible.add(t.name()));
        visible.addAll(List.of("System", "String", "Math", "List", "Map", "Integer", "Double", "Arrays", "Stream"));
        return visible.stream()
                .filter(v -> !v.startsWith("$")
                        && !v.equals(name)
                        && EditDistance.within(v, name, name.length() < 4 ? 1 : 2))
                .limit(3)
                .collect(Collectors.joining(", "));
    }
}
