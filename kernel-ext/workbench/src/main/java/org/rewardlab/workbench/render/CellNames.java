package org.rewardlab.workbench.render;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What cells declare, under the names that the notebook gave it: JShell, in every kernel, wraps it in classes of its own. */
final class CellNames {

    private static final String WRAPPED = "REPL.";
    private static final Pattern WRAPPER =
            Pattern.compile("(?:\\w+/+)?REPL\\.(?:\\$JShell\\$\\d+[A-Z]*|Variable\\$\\d+)[.$]?");
    private static final List<String> HIDDEN =
            List.of("jdk.jshell.", "jdk.internal.reflect.", "java.lang.reflect.Method", "org.rewardlab.kernel.");

    private CellNames() {}

    /** The text with the wrapper classes cut out. */
    static String plain(String text) {
        return text.contains(WRAPPED) ? WRAPPER.matcher(text).replaceAll("") : text;
    }

    /** The name of a class: full for a library's, as written for a notebook's own. */
    static String of(Class<?> type) {
        String name = type.getName();
        return name.startsWith(WRAPPED) ? plain(name).replace('$', '.') : name;
    }

    /** A stack frame; null where it is the shell's own and means nothing to a reader. */
    static @Nullable String frame(StackTraceElement frame) {
        String type = frame.getClassName();
        if (!type.startsWith(WRAPPED)) {
            return HIDDEN.stream().anyMatch(type::startsWith) ? null : frame.toString();
        }
        String method = frame.getMethodName();
        if (method.startsWith("do_it$")) {
            return "a cell";
        }
        String owner = plain(type).replace('$', '.');
        String name = method.startsWith("lambda$") ? "a lambda" : method + "()";
        return (owner.isEmpty() ? name : owner + "." + name) + " of a cell";
    }
}
