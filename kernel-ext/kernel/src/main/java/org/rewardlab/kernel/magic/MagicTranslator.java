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
    private static final Pattern LINE = Pattern.compile("(?m)(^[ \\t]*|=[ \\t]*)%(\\w[\\w.-]*)([^\\r\\n]*)$");
    private static final Pattern SHELL = Pattern.compile("(?m)^[ \\t]*!([ \\t]*[\\w./~][^\\r\\n]*)$");
    private static final String CALL = "org.rewardlab.kernel.session.Notebook.lineMagic(";

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
        String shell = cell.indexOf('!') < 0 ? cell : replaceShell(cell);
        return shell.indexOf('%') < 0 ? shell : replaceMagics(shell);
    }

    private String replaceMagics(String cell) {
        String text = cell;
        int from = 0;
        while (true) {
            // Masked anew each time: what follows a magic on its line is not Java, and may hold a single quote.
            String mask = JavaMask.of(text);
            Matcher line = LINE.matcher(text);
            if (!nextMagic(line, mask, from)) {
                return text;
            }
            String call = line.group(1) + call(line.group(2), line.group(3).strip());
            text = text.substring(0, line.start()) + call + text.substring(line.end());
            from = line.start() + call.length();
        }
    }

    private boolean nextMagic(Matcher line, String mask, int start) {
        int from = start;
        while (line.find(from)) {
            boolean assigned = line.group(1).startsWith("=");
            boolean isCode = mask.charAt(line.end(1)) == '%'
                    && mask.charAt(line.start(1)) == (assigned ? '=' : mask.charAt(line.start(1)));
            boolean begins = assigned || beginsStatement(mask, line.end(1), line.group(2));
            if (isCode && begins && !insideTextBlock(mask, line.end(1))) {
                return true;
            }
            from = line.end();
        }
        return false;
    }

    private static boolean insideTextBlock(String mask, int position) {
        return mask.charAt(position) != '%';
    }

    /** Whether what stands before allows a statement to begin here, or else the name is that of a magic. */
    private boolean beginsStatement(String mask, int position, String name) {
        String before = mask.substring(0, position).stripTrailing();
        if (before.isEmpty() || ";{}".indexOf(before.charAt(before.length() - 1)) >= 0) {
            return true;
        }
        return isLineMagic.test(name);
    }

    private String call(String name, String rest) {
        String plain = rest.endsWith(";") ? rest.substring(0, rest.length() - 1).stripTrailing() : rest;
        List<String> arguments = wholeLine.contains(name) ? List.of(plain) : MagicArguments.split(rest);
        return callOf(name, arguments);
    }

    private static String callOf(String name, List<String> arguments) {
        return CALL + literal(name) + ", java.util.List.of("
                + arguments.stream().map(MagicTranslator::literal).collect(Collectors.joining(", "))
                + "));";
    }

    private String replaceShell(String cell) {
        String mask = JavaMask.of(cell);
        Matcher line = SHELL.matcher(cell);
        StringBuilder text = new StringBuilder();
        int done = 0;
        while (line.find()) {
            int mark = cell.indexOf('!', line.start());
            boolean code = mask.charAt(mark) == '!' && beginsStatement(mask, mark, "");
            String command = line.group(1).strip();
            if (code && !isJavaName.test(firstWord(command))) {
                text.append(cell, done, line.start()).append(callOf("!", List.of(command)));
                done = line.end();
            }
        }
        return text.append(cell, done, cell.length()).toString();
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
