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
 * Types that wait for others and have the name of an import: as JShell has not defined them yet, the others would mean the
 * import. The import of one class gives way. Against an import of a package a sealed type that waits for its subtypes is
 * declared open, and sealed once they are there.
 */
final class NamesOfImports {

    private static final Pattern SEALED = Pattern.compile("(?<![\\w-])sealed(?=\\s)");
    private static final Pattern PERMITS = Pattern.compile("\\bpermits\\b[^{]*(?=\\{)");

    private static final Pattern STAR = Pattern.compile("\\bimport\\s+([\\w.]+\\.)\\*");

    private final List<Open> open = new ArrayList<>();

    /** A sealed type that is open for now. */
    private record Open(String source, List<String> subtypes) {}

    /** Lets the declared type have its name; what else that changes is in the events. */
    List<SnippetEvent> yieldTo(Snippet declared, JShell shell, ClassLoader loader) {
        List<SnippetEvent> changes = new ArrayList<>();
        if (!(declared instanceof TypeDeclSnippet type)) {
            return changes;
        }
        List<ImportSnippet> imports =
                shell.imports().filter(each -> !each.isStatic()).toList();
        boolean ofPackage = false;
        for (ImportSnippet each : imports) {
            if (each.fullname().endsWith("." + type.name())) {
                changes.addAll(shell.drop(each));
            }
            Matcher star = STAR.matcher(each.source()); // of which a notebook's first import has many
            while (star.find()) {
                ofPackage |= exists(star.group(1) + type.name(), loader);
            }
        }
        if (ofPackage) {
            changes.addAll(opened(type, shell));
        }
        return changes;
    }

    private static boolean exists(String name, ClassLoader loader) {
        return loader.getResource(name.replace('.', '/') + ".class") != null;
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
