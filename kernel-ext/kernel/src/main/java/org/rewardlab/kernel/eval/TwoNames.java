package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/**
 * Refuses two names without a semicolon between them of which the first is a variable. JShell takes them for the
 * declaration of a variable whose type is still to come, and would lose the one that has the second name.
 */
final class TwoNames {

    private static final Pattern PAIR =
            Pattern.compile("([\\w$]+)(\\s+)([\\w$]+)\\s*;?\\s*", Pattern.UNICODE_CHARACTER_CLASS);

    private TwoNames() {}

    /** What is said of such a part; null of any other. */
    static @Nullable ErrorReport report(CellSource cell, Part part, JShell shell) {
        Matcher pair = PAIR.matcher(JavaMask.of(part.of(cell.text())));
        if (part.kind() != Part.Kind.OTHER || !pair.matches() || !isVariable(pair.group(1), shell)) {
            return null;
        }
        String message = "';' expected";
        int position = part.start() + pair.end(1);
        int line = cell.lineAt(position);
        int column = position - cell.lineStart(line);
        List<String> lines = new ArrayList<>();
        lines.add(Ansi.red("error: ") + Ansi.bold(message));
        lines.add(cell.name() + ", line " + line);
        lines.addAll(SourceView.carets(cell, line, column, column + 1));
        lines.add("  " + pair.group(1) + " is a variable, not a type that " + pair.group(3) + " could have");
        return new ErrorReport("CompilationException", message, lines);
    }

    private static boolean isVariable(String name, JShell shell) {
        return shell.variables()
                        .anyMatch(each ->
                                each.name().equals(name) && shell.status(each).isActive())
                && shell.types().noneMatch(each -> each.name().equals(name));
    }
}
