package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;

/**
 * Settles names that a notebook's own star import shares with one that every notebook starts with: the notebook's is meant.
 * Java's own packages are left to Java's rules.
 */
final class Ambiguities {

    private static final Pattern STAR = Pattern.compile("import ([\\w.]+)\\.\\*;");
    private static final Pattern BOTH =
            Pattern.compile("both [a-z@ ]+ ([\\w.]+) in ([\\w.]+) and [a-z@ ]+ ([\\w.]+) in ([\\w.]+) match");

    private final Set<String> given = new HashSet<>();

    /** Takes note of a line that every notebook starts with. */
    void startsWith(String line) {
        Matcher star = STAR.matcher(line);
        if (star.matches() && !star.group(1).startsWith("java.")) {
            given.add(star.group(1));
        }
    }

    /** Evaluates a source; a second time where the first met a name that an import line makes clear. */
    List<SnippetEvent> settled(JShell shell, String source) {
        List<SnippetEvent> events = shell.eval(source);
        if (events.isEmpty() || events.get(0).status() != Status.REJECTED) {
            return events;
        }
        List<String> imports =
                imports(shell.diagnostics(events.get(0).snippet()).toList());
        imports.forEach(shell::eval);
        return imports.isEmpty() ? events : shell.eval(source);
    }

    /** The imports after which the code means something; none where they would not help. */
    private List<String> imports(List<Diag> problems) {
        List<String> lines = new ArrayList<>();
        for (Diag problem : problems) {
            Matcher both = BOTH.matcher(problem.getMessage(Locale.ROOT).replaceAll("\\s+", " "));
            if (!both.find()) {
                continue;
            }
            boolean firstGiven = given.contains(both.group(2));
            if (firstGiven != given.contains(both.group(4))) {
                String meant = firstGiven ? both.group(3) : both.group(1);
                String line = "import " + meant + ";";
                if (!lines.contains(line)) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }
}
