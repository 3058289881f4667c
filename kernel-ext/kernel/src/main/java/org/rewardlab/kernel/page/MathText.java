package org.rewardlab.kernel.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the formulas out of Markdown before it is parsed, and puts them back into the HTML. Delimiters as in Jupyter:
 * {@code $..$}, {@code $$..$$}, {@code \(..\)}, {@code \[..\]} and {@code \begin{..}..\end{..}}; none in code.
 */
final class MathText {
    private static final char OPEN = '\uE010';
    private static final char CLOSE = '\uE011';
    private static final Pattern MARK = Pattern.compile(OPEN + "(\\d+)" + CLOSE);
    private static final Pattern ENVIRONMENT = Pattern.compile("\\\\begin\\{([a-zA-Z]+\\*?)}");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(?:[-*+>] *|\\d+[.)] *)*(`{3,}|~{3,}).*");

    private final List<String> rendered = new ArrayList<>();
    private final Formulas formulas;

    MathText(Formulas formulas) {
        this.formulas = formulas;
    }

    /** The Markdown with a mark in place of each formula. */
    String takeOut(String markdown) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        boolean lineStart = true;
        while (at < markdown.length()) {
            if (lineStart) {
                int code = codeBlock(markdown, at);
                if (code > at) {
                    out.append(markdown, at, code);
                    at = code;
                    continue;
                }
            }
            char c = markdown.charAt(at);
            int next = at + 1;
            if (c == '`') {
                next = codeSpan(markdown, at);
                out.append(markdown, at, next);
            } else {
                Span span = c == '$' || c == '\\' ? formula(markdown, at) : null;
                if (span != null) {
                    out.append(OPEN).append(rendered.size()).append(CLOSE);
                    rendered.add(formulas.render(markdown.substring(span.from, span.to), span.display));
                    next = span.end;
                } else if (c == '\\' && next < markdown.length()) {
                    next++;
                    out.append(markdown, at, next);
                } else {
                    out.append(c);
                }
            }
            lineStart = markdown.charAt(next - 1) == '\n';
            at = next;
        }
        return out.toString();
    }

    /** The HTML with the formulas where their marks were. */
    String putBack(String html) {
        UnaryOperator<String> formula = number -> rendered.get(Integer.parseInt(number));
        return MARK.matcher(html).replaceAll(mark -> Matcher.quoteReplacement(formula.apply(mark.group(1))));
    }

    private record Span(int from, int to, int end, boolean display) {}

    private static @Nullable Span formula(String text, int at) {
        if (text.startsWith("$$", at)) {
            return delimited(text, at, "$$", "$$", true);
        }
        if (text.startsWith("\\[", at)) {
            return delimited(text, at, "\\[", "\\]", true);
        }
        if (text.startsWith("\\(", at)) {
            return delimited(text, at, "\\(", "\\)", false);
        }
        if (text.startsWith("\\begin{", at)) {
            return environment(text, at);
        }
        return text.charAt(at) == '$' ? inline(text, at) : null;
    }

    private static @Nullable Span delimited(String text, int at, String open, String close, boolean display) {
        int from = at + open.length();
        int to = text.indexOf(close, from);
        if (to <= from || text.substring(from, to).isBlank() || hasBlankLine(text, from, to)) {
            return null;
        }
        return new Span(from, to, to + close.length(), display);
    }

    private static @Nullable Span environment(String text, int at) {
        Matcher begin = ENVIRONMENT.matcher(text).region(at, text.length());
        if (!begin.lookingAt()) {
            return null;
        }
        String end = "\\end{" + begin.group(1) + "}";
        int to = text.indexOf(end, begin.end());
        return to < 0 ? null : new Span(at, to + end.length(), to + end.length(), true);
    }

    /** A dollar sign opens a formula before a visible character and closes it after one and not before a digit. */
    private static @Nullable Span inline(String text, int at) {
        int from = at + 1;
        if (from >= text.length() || Character.isWhitespace(text.charAt(from))) {
            return null;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '`' || (c == '\n' && i + 1 < text.length() && text.charAt(i + 1) == '\n')) {
                return null;
            } else if (c == '$') {
                boolean closes = i > from
                        && !Character.isWhitespace(text.charAt(i - 1))
                        && (i + 1 == text.length() || !Character.isDigit(text.charAt(i + 1)));
                return closes ? new Span(from, i, i + 1, false) : null;
            }
        }
        return null;
    }

    private static boolean hasBlankLine(String text, int from, int to) {
        return text.substring(from, to).contains("\n\n");
    }

    /** Where the fenced block that starts at this line ends, or the line's own start when none does. */
    private static int codeBlock(String text, int at) {
        Matcher fence = FENCE.matcher(line(text, at));
        if (!fence.matches()) {
            return at;
        }
        String mark = fence.group(1);
        int next = at;
        do {
            next = lineEnd(text, next);
        } while (next < text.length() && !closes(line(text, next), mark));
        return lineEnd(text, next);
    }

    private static boolean closes(String line, String mark) {
        String bare = line.strip();
        return bare.length() >= mark.length() && bare.chars().allMatch(c -> c == mark.charAt(0));
    }

    private static int codeSpan(String text, int at) {
        int open = at;
        while (open < text.length() && text.charAt(open) == '`') {
            open++;
        }
        String ticks = text.substring(at, open);
        int close = text.indexOf(ticks, open);
        while (close >= 0 && close + ticks.length() < text.length() && text.charAt(close + ticks.length()) == '`') {
            int past = close;
            while (past < text.length() && text.charAt(past) == '`') {
                past++;
            }
            close = text.indexOf(ticks, past);
        }
        return close < 0 ? open : close + ticks.length();
    }

    private static String line(String text, int at) {
        int end = text.indexOf('\n', at);
        return text.substring(at, end < 0 ? text.length() : end);
    }

    private static int lineEnd(String text, int at) {
        int end = text.indexOf('\n', Math.min(at, text.length()));
        return end < 0 ? text.length() : end + 1;
    }
}
