package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import org.jspecify.annotations.Nullable;

/**
 * Types that wait for others, and what their names mean until then. A sealed type that waits for its subtypes is declared
 * open, and sealed once they are there: JShell has not defined it before, so that they would mean an import of that name,
 * or be no subtypes of anything sealed. The import of one class gives way to the type.
 */
final class WaitingTypes {

    private static final Pattern SEALED = Pattern.compile("(?<![\\w-])sealed(?=\\s)");
    private static final Pattern PERMITS = Pattern.compile("\\bpermits\\b[^{]*(?=\\{)");

    private static final Pattern NON_SEALED =
            Pattern.compile("\\bnon-sealed(?=(?:\\s+(?:public|static))*\\s+class\\b)");

    private final List<String> closed = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();

    /** A sealed type that is open for now. */
    private record Open(String source, List<String> subtypes) {}

    /** Lets the declared type have its name; what else that changes is in the events. */
    List<SnippetEvent> yieldTo(Snippet declared, JShell shell) {
        List<SnippetEvent> changes = new ArrayList<>();
        if (!(declared instanceof TypeDeclSnippet type)) {
            return changes;
        }
        List<ImportSnippet> imports =
                shell.imports().filter(each -> !each.isStatic()).toList();
        for (ImportSnippet each : imports) {
            if (each.fullname().endsWith("." + type.name())) {
                changes.addAll(shell.drop(each));
            }
        }
        changes.addAll(opened(type, shell));
        return changes;
    }

    private List<SnippetEvent> opened(TypeDeclSnippet type, JShell shell) {
        String mask = JavaMask.of(type.source());
        Matcher sealed = SEALED.matcher(mask);
        Matcher permits = PERMITS.matcher(mask);
        if (!sealed.find() || !permits.find(sealed.end())) {
            return List.of();
        }
        StringBuilder text = new StringBuilder(type.source());
        blank(text, sealed.start(), sealed.end());
        blank(text, permits.start(), permits.end());
        List<String> subtypes = shell.unresolvedDependencies(type)
                .map(each -> each.substring(each.lastIndexOf(' ') + 1))
                .toList();
        List<SnippetEvent> events = shell.eval(text.toString());
        if (events.get(0).status() == Status.VALID) {
            open.add(new Open(type.source(), subtypes));
            return events;
        }
        return shell.eval(type.source());
    }

    private static void blank(StringBuilder text, int start, int end) {
        for (int i = start; i < end; i++) {
            text.setCharAt(i, Character.isWhitespace(text.charAt(i)) ? text.charAt(i) : ' ');
        }
    }

    /** The source, in which a class that is {@code non-sealed} has to be final as long as a type above it is open. */
    String closed(String source) {
        Matcher modifier = NON_SEALED.matcher(open.isEmpty() ? "" : JavaMask.of(source));
        if (!modifier.find()) {
            return source;
        }
        closed.add(source);
        return source.substring(0, modifier.start()) + "final     " + source.substring(modifier.end());
    }

    /** Seals the open types whose subtypes are there by now; what that changes is in the events. */
    List<SnippetEvent> sealed(JShell shell) {
        List<SnippetEvent> changes = new ArrayList<>();
        for (Iterator<Open> each = open.iterator(); each.hasNext(); ) {
            Open type = each.next();
            if (type.subtypes().stream().allMatch(name -> isDeclared(name, shell))) {
                each.remove();
                changes.addAll(shell.eval(type.source()));
            }
        }
        if (open.isEmpty()) {
            closed.forEach(source -> changes.addAll(shell.eval(source)));
            closed.clear();
        }
        return changes;
    }

    private static boolean isDeclared(String name, JShell shell) {
        return shell.types().anyMatch(type -> type.name().equals(name) && shell.status(type) == Status.VALID);
    }

    /** The first snippet of the events that does not compile; null where all do. */
    static @Nullable Snippet rejected(List<SnippetEvent> events) {
        return events.stream()
                .filter(each -> each.status() == Status.REJECTED)
                .map(SnippetEvent::snippet)
                .findFirst()
                .orElse(null);
    }
}
