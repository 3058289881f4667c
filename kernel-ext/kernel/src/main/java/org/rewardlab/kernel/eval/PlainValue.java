package org.rewardlab.kernel.eval;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes by its characters a cell that can only be one expression, as {@code losses.get(3) + 1}: most cells typed to look
 * at something are, and need no parse to be split. It passes over whatever it is not sure of.
 */
final class PlainValue {

    /** No statement, block, assignment, lambda or switch can be written with these; possessive, so that it takes no stack. */
    private static final Pattern EXPRESSION =
            Pattern.compile("(?:[\\w$ .,()\\[\\]+*/%&|^~?:<>\"'\\r\\n\\t]++|-(?!>)|==|!=?)++");

    private static final Pattern OTHER = Pattern.compile("::|\\bswitch\\b");

    private PlainValue() {}

    /** The part that the cell consists of; null where the cell has to be parsed. */
    static @Nullable Part of(String text) {
        if (text.contains("\\u")) { // which may stand for a quote
            return null;
        }
        String mask = JavaMask.of(text);
        int start = 0;
        int end = mask.stripTrailing().length();
        while (start < end && Character.isWhitespace(mask.charAt(start))) {
            start++;
        }
        boolean plain = start < end
                && !JavaMask.endsInComment(text)
                && EXPRESSION.matcher(mask).region(start, end).matches()
                && !OTHER.matcher(mask).find()
                && hasOneValue(mask);
        return plain ? new Part(start, end, Part.Kind.VALUE, false) : null;
    }

    /** Whether no comma stands outside of brackets, where it would begin another variable. */
    private static boolean hasOneValue(String mask) {
        int depth = 0;
        for (int i = 0; i < mask.length(); i++) {
            char c = mask.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth < 0 || (c == ',' && depth == 0)) {
                return false;
            }
        }
        return depth == 0;
    }
}
