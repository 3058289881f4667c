package org.rewardlab.kernel.assist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.rewardlab.kernel.eval.ClassIndex;
import org.rewardlab.kernel.eval.Evaluator;
import org.rewardlab.kernel.eval.JavaMask;
import org.rewardlab.kernel.eval.JavaWords;
import org.rewardlab.kernel.magic.MagicTranslator;

/** Completes Java through JShell, magics by their names, and paths by the files there are. */
final class Completer {

    private static final Pattern MAGIC = Pattern.compile("(?:^|\\n|=)[ \\t]*(%%?)([\\w.-]*)$");
    private static final Pattern PATH_MAGIC = Pattern.compile(
            "(?:^|\\n|=)[ \\t]*%%?(?:load|loadFromPOM|jars|classpath|cd)[ \\t]+(?:.*[ \\t])?([^\\s\"]*)$");
    private static final String CURSOR = "x";
    private static final Set<String> OF_OBJECT =
            Set.of("equals(", "getClass()", "hashCode()", "notify()", "notifyAll()", "toString()", "wait(");

    private final Evaluator evaluator;
    private final MagicsRegistry magics;
    private final MagicTranslator translator;

    Completer(Evaluator evaluator, MagicsRegistry magics, MagicTranslator translator) {
        this.evaluator = evaluator;
        this.magics = magics;
        this.translator = translator;
    }

    Completions complete(String code, int cursor) {
        String before = code.substring(0, cursor);
        Matcher magic = MAGIC.matcher(before);
        if (magic.find()) {
            return magics(magic.group(1).equals("%%"), magic.group(2), magic.start(2), cursor);
        }
        Matcher path = PATH_MAGIC.matcher(before);
        if (path.find()) {
            return Paths.complete(path.group(1), path.start(1), cursor);
        }
        int quote = openQuote(before);
        if (quote >= 0) {
            return Paths.complete(before.substring(quote + 1), quote + 1, cursor);
        }
        String java = translator.blanked(before + CURSOR);
        if (!JavaMask.of(java).endsWith(CURSOR)) { // in a comment, a text, or a magic that takes no code
            return new Completions(List.of(), cursor, cursor);
        }
        return evaluator.analyze(analysis -> java(analysis, java.substring(0, cursor), cursor));
    }

    /** Where the string literal begins in which the text ends; -1 where it ends in code. */
    private static int openQuote(String before) {
        if (JavaMask.of(before + CURSOR).endsWith(CURSOR)) {
            return -1;
        }
        int quote = before.lastIndexOf('"');
        return quote >= 0 && before.indexOf('\n', quote) < 0 ? quote : -1;
    }

    private Completions magics(boolean cell, String prefix, int start, int cursor) {
        Set<String> names = new TreeSet<>(cell ? magics.getCellMagicNames() : magics.getLineMagicNames());
        List<Completion> found = names.stream()
                .filter(name -> name.startsWith(prefix) && Character.isLetter(name.charAt(0)))
                .map(name -> new Completion(name, "magic", ""))
                .toList();
        return new Completions(found, start, cursor);
    }

    private static Completions java(SourceCodeAnalysis analysis, String before, int cursor) {
        Statement current = Statement.endingAt(analysis, before);
        List<Suggestion> suggestions = new ArrayList<>();
        int start = cursor;
        for (String context : current.contexts()) {
            String code = context + before.substring(current.start());
            int[] anchor = {code.length()};
            List<Suggestion> found = suggestions(analysis, code, anchor);
            if (!found.isEmpty()) {
                suggestions.addAll(found);
                start = Math.min(start, current.start() + Math.max(0, anchor[0] - context.length()));
            }
        }
        List<Completion> own = ownNames(current, before);
        if (own.isEmpty()) {
            return new Completions(sorted(suggestions), start, cursor);
        }
        // JShell does not name the variables of a text, only their members.
        own.addAll(sorted(suggestions));
        return new Completions(
                own.stream().distinct().toList(),
                suggestions.isEmpty() ? cursor - word(before).length() : start,
                cursor);
    }

    /** The suggestions, of which those of packages need the index: early in a session it is waited for. */
    private static List<Suggestion> suggestions(SourceCodeAnalysis analysis, String code, int[] anchor) {
        List<Suggestion> found = analysis.completionSuggestions(code, code.length(), anchor);
        boolean needsIndex = found.isEmpty() || code.stripLeading().startsWith("import ");
        return needsIndex && ClassIndex.await(analysis)
                ? analysis.completionSuggestions(code, code.length(), anchor)
                : found;
    }

    /** The variables declared before the statement whose names the word at the end may become. */
    private static List<Completion> ownNames(Statement current, String before) {
        String word = word(before);
        boolean member = before.substring(0, before.length() - word.length())
                .stripTrailing()
                .endsWith(".");
        List<Completion> found = new ArrayList<>();
        if (!word.isEmpty() && !member) {
            current.names().stream()
                    .filter(name -> name.startsWith(word))
                    .forEach(name -> found.add(new Completion(name, kind(name), "")));
        }
        return found;
    }

    private static String word(String before) {
        int start = before.length();
        while (start > 0 && Character.isJavaIdentifierPart(before.charAt(start - 1))) {
            start--;
        }
        return before.substring(start);
    }

    /** Fitting types first, then the type's own members, then those of every object; each once. */
    private static List<Completion> sorted(List<Suggestion> suggestions) {
        List<Suggestion> sorted = new ArrayList<>(suggestions);
        sorted.sort(Comparator.comparing((Suggestion s) -> !s.matchesType())
                .thenComparing(s -> OF_OBJECT.contains(s.continuation()))
                .thenComparing(s -> isHidden(s.continuation())));
        Set<String> seen = new HashSet<>();
        List<Completion> found = new ArrayList<>();
        for (Suggestion each : sorted) {
            String text = each.continuation();
            if (!isHidden(text) && seen.add(text)) {
                found.add(new Completion(text, kind(text), text.endsWith("(") ? "(...)" : ""));
            }
        }
        return found;
    }

    private static boolean isHidden(String text) {
        return text.startsWith("$") || text.startsWith("REPL") || text.startsWith("do_it$");
    }

    private static String kind(String text) {
        if (text.endsWith("(") || text.endsWith(")")) {
            return "function";
        }
        if (text.endsWith(".")) {
            return "module";
        }
        if (JavaWords.contains(text.strip())) {
            return "keyword";
        }
        return Character.isUpperCase(text.charAt(0)) && !text.equals(text.toUpperCase(java.util.Locale.ROOT))
                ? "class"
                : "instance";
    }
}
