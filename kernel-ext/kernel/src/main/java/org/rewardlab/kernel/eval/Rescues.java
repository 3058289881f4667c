package org.rewardlab.kernel.eval;

import java.util.LinkedHashMap;
import java.util.Map;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * Variables whose declaration stops to compile because of something later, such as an import that makes the name of their
 * type ambiguous: they are declared again by the full name of their type, with their values.
 */
final class Rescues {

    private final CellEngine engine;
    private final Map<String, String> types = new LinkedHashMap<>();

    Rescues(CellEngine engine) {
        this.engine = engine;
    }

    /** Takes note of a change that another snippet caused. */
    void consider(SnippetEvent event) {
        if (event.snippet() instanceof VarSnippet variable
                && !Values.isName(variable.name())
                && event.previousStatus().isDefined()
                && !event.status().isDefined()
                && event.status() != Snippet.Status.OVERWRITTEN
                && event.status() != Snippet.Status.DROPPED) {
            types.put(variable.name(), variable.typeName());
        }
    }

    /** Declares again what was lost. */
    void redeclare() {
        Map<String, String> lost = new LinkedHashMap<>(types);
        types.clear();
        lost.forEach((name, type) -> {
            String erased = engine.variableStore().erasedType(name);
            if (erased != null) {
                Object value = engine.variableStore().get(name);
                engine.declare(qualified(type, erased), name, value);
            }
        });
    }

    /** The declared type with its outermost class by its full name. */
    static String qualified(@Nullable String declared, String erased) {
        int arguments = declared == null ? -1 : declared.indexOf('<');
        return declared == null || arguments < 0 || erased.endsWith("]")
                ? erased
                : erased + declared.substring(arguments);
    }
}
