package org.rewardlab.lab.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text cut into words: runs of letters, marks, digits and inner apostrophes; ideographs and other signs stand alone. */
public final class Words {
    private Words() {}

    /** The words of a text in lower case, curly apostrophes made straight. */
    public static List<String> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        List<String> words = new ArrayList<>(lower.length() / 5 + 1);
        int at = 0;
        while (at < lower.length()) {
            int sign = lower.codePointAt(at);
            int end = at + Character.charCount(sign);
            if (Character.isWhitespace(sign) || Character.isSpaceChar(sign)) {
                at = end;
                continue;
            }
            if (joins(sign)) {
                end = endOfWord(lower, end);
            }
            words.add(lower.substring(at, end));
            at = end;
        }
        return words;
    }

    /** How many words a text has; signs that are no words do not count. */
    public static int count(String text) {
        int count = 0;
        for (String word : of(text)) {
            int sign = word.codePointAt(0);
            count += Character.isLetterOrDigit(sign) ? 1 : 0;
        }
        return count;
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length()) {
            int sign = text.codePointAt(end);
            int next = end + Character.charCount(sign);
            boolean inner = sign == '\'' && next < text.length() && joins(text.codePointAt(next));
            if (!joins(sign) && !inner) {
                break;
            }
            end = next;
        }
        return end;
    }

    private static boolean joins(int sign) {
        return !Character.isIdeographic(sign)
                && (Character.isLetterOrDigit(sign)
                        || Character.getType(sign) == Character.NON_SPACING_MARK
                        || Character.getType(sign) == Character.COMBINING_SPACING_MARK);
    }
}
