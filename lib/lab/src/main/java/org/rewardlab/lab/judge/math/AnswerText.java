package org.rewardlab.lab.judge.math;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns an excerpt into mathematics: units, words and typesetting go, what is left is parsed. */
final class AnswerText {

    private static final int LONGEST = 2000;

    private static final Pattern SPACING = Pattern.compile(
            "\\\\(?:left|right|[bB]igg?[lr]?|displaystyle|quad|qquad|limits|mathrm\\s*(?=\\s)|[!,;:>])(?![a-zA-Z])|(?<!\\\\)\\\\ |~");
    private static final Pattern FRACTIONS = Pattern.compile("\\\\[dtc]frac(?![a-zA-Z])");
    private static final Pattern DEGREES = Pattern.compile("\\^\\s*\\{?\\s*\\\\circ\\s*\\}?|\\\\degree(?![a-zA-Z])|°");
    private static final Pattern MONEY = Pattern.compile("\\\\\\$|[$€£]|\\\\(?:euro|pounds)(?![a-zA-Z])");
    private static final Pattern PERCENT = Pattern.compile(
            "\\\\?%|\\s*(?:\\\\text\\{\\s*)?\\b(?:percentage|percent|pct)\\b(?:\\s*\\})?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPEFACE = Pattern.compile(
            "\\\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|mathbb|mbox|operatorname|bf|rm)\\s*\\{([^{}]*)\\}(?:\\s*\\^\\s*\\{?[23]\\}?)?");
    private static final Pattern JOIN =
            Pattern.compile("(?<=[\\d)}\\]\\s,$])\\s*,?\\s*\\b(?:and|or)\\b\\s*(?=[\\s\\d(\\\\$+-])");
    private static final Pattern THOUSANDS = Pattern.compile("(?<![\\d.,])([1-9]\\d{0,2})((?:,\\d{3})+)(?![\\d,])");
    private static final Pattern BRACED_COMMA = Pattern.compile("(?<=\\d)\\s*\\{\\s*,\\s*\\}\\s*(?=\\d)");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?(?:\\d+,\\d{1,2}|\\d+,\\d{4,}|0,\\d+)");
    private static final Pattern UNIT = Pattern.compile(
            "(?<=[\\d)}%])\\s*(?:[a-zA-Zµ]{2,}|[mgslhL]|[kcm]?m)(?:[²³]|\\^\\{?[23]\\}?)?(?:\\s*(?:/|per)\\s*[a-zA-Z]+[²³]?)?(?:\\s+[a-zA-Z]+)*\\s*$");
    private static final Pattern NAMED =
            Pattern.compile("(?<![a-zA-Z\\\\])(sqrt|sin|cos|tan|log|ln|exp|pi|infty)(?![a-zA-Z])");
    private static final Pattern PROSE = Pattern.compile(
            "(?<![a-zA-Z\\\\])(?:[a-zA-Z]{3,}|is|of|in|to|at|be|so|we|an|it|no|by|on|or|as|if|my)(?![a-zA-Z])");
    private static final List<String> KNOWN = List.of(
            "frac", "sqrt", "left", "right", "pi", "le", "leq", "ge", "geq", "lt", "gt", "neq", "cup", "infty", "boxed",
            "text", "cdot", "times", "pm", "in", "sin", "cos", "tan", "circ", "dfrac", "tfrac", "begin", "end");
    private static final Pattern DOUBLED =
            Pattern.compile("(?<!\\\\)\\\\\\\\(?=(?:" + String.join("|", KNOWN) + ")(?![a-zA-Z]))");

    private AnswerText() {}

    /** Commands with their backslash twice, as in text that was escaped once too often, with one. */
    static String unescaped(String text) {
        return DOUBLED.matcher(text).replaceAll("\\\\");
    }

    /**
     * The mathematics of an excerpt, or null where it is none.
     *
     * @param plain whether it is plain text, in which {@code 3,5} may be a decimal number
     */
    static @Nullable MathNode read(String excerpt, boolean plain) {
        String text = excerpt.strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        text = text.replaceAll("[.,;:\\s]+$", "");
        MathNode word = word(text);
        if (word != null) {
            return word;
        }
        text = normalized(text);
        if (plain && PROSE.matcher(text).find()) {
            return null;
        }
        if (plain && DECIMAL_COMMA.matcher(text).matches()) {
            text = text.replace(',', '.');
        }
        text = THOUSANDS.matcher(text).replaceAll(match -> match.group().replace(",", ""));
        try {
            return MathParser.parse(text);
        } catch (MathSyntaxException unreadable) {
            return withoutUnit(text);
        }
    }

    private static @Nullable MathNode withoutUnit(String text) {
        try {
            String bare = UNIT.matcher(text).replaceAll("");
            return bare.equals(text) ? null : MathParser.parse(bare);
        } catch (MathSyntaxException unreadable) {
            return null;
        }
    }

    private static String normalized(String raw) {
        String text = SPACING.matcher(raw).replaceAll(" ");
        text = FRACTIONS.matcher(text).replaceAll("\\\\frac");
        text = BRACED_COMMA.matcher(text).replaceAll(",");
        text = DEGREES.matcher(text).replaceAll("");
        text = MONEY.matcher(text).replaceAll("");
        text = PERCENT.matcher(text).replaceAll("%");
        text = TYPEFACE.matcher(text).replaceAll(AnswerText::typeset);
        text = JOIN.matcher(text).replaceAll(", ");
        text = NAMED.matcher(text).replaceAll("\\\\$1");
        text = UNIT.matcher(text).find() && text.indexOf('\\') < 0
                ? UNIT.matcher(text).replaceAll("")
                : text;
        return text.strip();
    }

    /** Words in mathematics: conjunctions are commas, units go, a lone letter is a symbol. */
    private static String typeset(java.util.regex.MatchResult match) {
        String inner = match.group(1).strip();
        if (inner.equals("and") || inner.equals("or") || inner.equals(",")) {
            return ", ";
        }
        return inner.matches("[a-zA-Z]|\\(?[A-Z]\\)?") || inner.matches("-?[\\d.,/]+")
                ? java.util.regex.Matcher.quoteReplacement(" " + inner + " ")
                : " ";
    }

    /** A text that is words alone: {@code \text{Evelyn}}, {@code (C)}, {@code Monday}. */
    private static @Nullable MathNode word(String text) {
        var whole = TYPEFACE.matcher(text);
        if (whole.matches() && whole.group(1).strip().matches("\\(?[\\p{L}][\\p{L}\\s'-]*\\)?")) {
            return MathNode.text(whole.group(1).strip());
        }
        if (text.matches("\\(?[A-Z]\\)?") || text.matches("\\p{L}{2,}(?:[\\s'-]\\p{L}+)*")) {
            return MathNode.text(text);
        }
        return null;
    }
}
