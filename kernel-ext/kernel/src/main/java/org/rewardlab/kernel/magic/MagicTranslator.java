package org.rewardlab.kernel.magic;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rewardlab.kernel.eval.JavaMask;

/**
 * Turns the magics in a cell into Java that calls them. Only a percent sign that cannot be Java is one: at the start of a
 * statement or right after an equals sign, outside of literals and comments. Lines keep their numbers.
 */
public final class MagicTranslator {

    private static final Pattern CELL = Pattern.compile("\\A\\s*%%(\\w[\\w.-]*)[ \\t]*([^\\r\\n]*)(?:\\R|\\z)");
    private static final Pattern LINE = Pattern.compile("(?m)(^[ \\t]*|=[ \\t]*)"
            + "(?:%(?<name>\\w[\\w.-]*)(?<rest>[^\\r\\n]*)|!(?<command>[ \\t]*[\\w./~][^\\r\\n]*))$");
    private static final String CALL = "org.rewardlab.kernel.session.Notebook.lineMagic(";

    private static final String NULL = "null;";

    private final Predicate<String> isLineMagic;
    private final Predicate<String> isJavaName;
    private final Set<String> wholeLine;

    /**
     * A translator.
     *
     * @param isLineMagic whether a line magic of that name is registered
     * @param isJavaName whether the notebook has a variable or method of that name
     * @param wholeLine names of line magics that take the rest of the line as one argument
     */
    public MagicTranslator(Predicate<String> isLineMagic, Predicate<String> isJavaName, Set<String> wholeLine) {
        this.isLineMagic = isLineMagic;
        this.isJavaName = isJavaName;
        this.wholeLine = Set.copyOf(wholeLine);
    }

    /** The magic that takes the whole cell, if there is one. */
    public Optional<MagicCall> cellMagic(String cell) {
        Matcher first = CELL.matcher(cell);
        return first.find()
                ? Optional.of(new MagicCall(
                        first.group(1), MagicArguments.split(first.group(2)), cell.substring(first.end())))
                : Optional.empty();
    }

    /** The cell as Java. */
    public String translate(String cell) {
        if (cell.indexOf('%') < 0 && cell.indexOf('!') < 0) {
            return cell;
        }
        String text = cell;
        int from = 0;
        while (true) {
            // Masked anew each time: what follows a magic on its line is not Java, and may hold a single quote.
            String mask = JavaMask.of(text);
            Matcher line = LINE.matcher(text);
            if (!nextMagic(line, mask, from)) {
                return text;
            }
            String call = line.group(1) + call(line);
            text = text.substring(0, line.start()) + call + text.substring(line.end());
            from = line.start() + call.length();
        }
    }

    /**
     * The cell with all magics blanked, character for character in place, so that what stands around them is Java: for help
     * with what is being written. What a magic is assigned to gets a null; the code of a magic that takes code stays.
     */
    public String blanked(String cell) {
        Matcher first = CELL.matcher(cell);
        int body = first.find() ? first.end(2) : 0;
        StringBuilder text = new StringBuilder(" ".repeat(body)).append(cell, body, cell.length());
        for (int i = 0; i < body; i++) {
            text.setCharAt(i, cell.charAt(i) == '\n' ? '\n' : ' ');
        }
        int from = body;
        while (true) {
            Matcher line = LINE.matcher(text);
            if (from > text.length() || !nextMagic(line, JavaMask.of(text.toString()), from)) {
                return text.toString();
            }
            int start = line.end(1);
            String name = line.group("name");
            boolean takesCode = name != null && wholeLine.contains(name);
            from = takesCode ? line.end("name") : line.end();
            blank(text, start, from);
            if (line.group(1).startsWith("=") && from - start >= NULL.length() && !takesCode) {
                text.replace(start, start + NULL.length(), NULL);
            }
        }
    }

    private static void blank(StringBuilder text, int start, int end) {
        text.replace(start, end, " ".repeat(end - start));
    }

    private boolean nextMagic(Matcher line, String mask, int start) {
        int from = start;
        while (line.find(from)) {
            int mark = line.end(1);
            boolean isCode = mask.charAt(mark) != ' ';
            boolean isShell = line.group("command") != null;
            boolean assigned = line.group(1).startsWith("=");
            boolean meant = isShell
                    ? !assigned
                            && beginsStatement(mask, mark, "")
                            && !isVariable(firstWord(line.group("command").strip()), mask.substring(0, mark))
                    : assigned || beginsStatement(mask, mark, line.group("name"));
            if (isCode && meant) {
                return true;
            }
            from = line.end(1) + 1;
        }
        return false;
    }

    /** Whether the notebook, or the cell above, has something of that name, so that an exclamation mark negates it. */
    private boolean isVariable(String name, String above) {
        return !name.isEmpty()
                && (Pattern.compile("[\\w$>\\]]\\s+" + Pattern.quote(name) + "\\s*[=;,(:)]")
                                .matcher(above)
                                .find()
                        || isJavaName.test(name));
    }

    /** Whether what stands before allows a statement to begin here, or else the name is that of a magic. */
    private boolean beginsStatement(String mask, int position, String name) {
        String before = mask.substring(0, position).stripTrailing();
        if (before.isEmpty() || ";{}".indexOf(before.charAt(before.length() - 1)) >= 0) {
            return true;
        }
        return isLineMagic.test(name);
    }

    private String call(Matcher line) {
        String command = line.group("command");
        if (command != null) {
            return callOf("!", List.of(command.strip()));
        }
        String name = line.group("name");
        String rest = line.group("rest").strip();
        String plain = rest.endsWith(";") ? rest.substring(0, rest.length() - 1).stripTrailing() : rest;
        return callOf(name, wholeLine.contains(name) ? List.of(plain) : MagicArguments.split(plain));
    }

    private static String callOf(String name, List<String> arguments) {
        return CALL + literal(name) + ", java.util.List.of("
                + arguments.stream().map(MagicTranslator::literal).collect(Collectors.joining(", "))
                + "));";
    }

    private static String firstWord(String command) {
        Matcher word = Pattern.compile("[A-Za-z_$][\\w$]*").matcher(command);
        return word.lookingAt() ? word.group() : "";
    }

    /** A Java string literal. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\t' -> literal.append("\\t");
                default -> literal.append(c);
            }
        }
        return literal.append('"').toString();
    }
}
