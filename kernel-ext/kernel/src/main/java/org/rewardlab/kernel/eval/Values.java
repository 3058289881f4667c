package org.rewardlab.kernel.eval;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates an expression as what a variable of type {@code Object} begins with. JShell compiles an expression four times,
 * twice of them to learn its type, and such a variable twice.
 */
final class Values {

    private static final String PREFIX = "$$";

    private int made;

    /** What came of the expression; null where it has to be evaluated as it stands, as a call of a void method has. */
    @Nullable
    SnippetEvent evaluate(JShell shell, String expression) {
        made++;
        List<SnippetEvent> events = shell.eval("Object " + PREFIX + made + " = " + expression + ";");
        SnippetEvent event = events.get(0);
        if (events.size() == 1 && event.status() == Status.VALID) {
            return event;
        }
        for (SnippetEvent each : events) {
            if (shell.status(each.snippet()).isActive()) {
                shell.drop(each.snippet());
            }
        }
        return null;
    }

    /** Whether JShell made of a source an expression that has a value. */
    static boolean isResult(Snippet snippet) {
        return snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || snippet.subKind() == SubKind.VAR_VALUE_SUBKIND
                || snippet.subKind() == SubKind.OTHER_EXPRESSION_SUBKIND;
    }

    /** The type of an expression as the compiler sees it; Object where it does not know. */
    static String type(JShell shell, String expression) {
        String type = shell.sourceCodeAnalysis().analyzeType(expression, expression.length());
        return type == null || type.isBlank() || type.equals("void") ? "Object" : type;
    }

    /** Whether a field of a wrapper class holds the value of an expression, JShell's own or ours. */
    static boolean isName(String field) {
        int digits = field.startsWith(PREFIX) ? 2 : 1;
        return field.length() > digits
                && field.startsWith("$")
                && field.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9');
    }
}
