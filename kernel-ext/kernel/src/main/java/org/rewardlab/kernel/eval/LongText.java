package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Texts that are too long to be read, or even to be sent: their middle is replaced by a word on how much it was. */
public final class LongText {

    /** What the word on the rest may take: a text that was cut once is not cut again. */
    private static final int WORD = 200;

    private LongText() {}

    /**
     * A text of at most {@code most} characters, its middle replaced where it was longer; no character is cut in two.
     *
     * @param advice what to do to see all; may be empty
     */
    public static String cut(String text, int most, String advice) {
        if (text.length() <= most) {
            return text;
        }
        int half = (most - WORD) / 2;
        int head = half;
        int tail = text.length() - half;
        head -= Character.isHighSurrogate(text.charAt(head - 1)) ? 1 : 0;
        tail += Character.isLowSurrogate(text.charAt(tail)) ? 1 : 0;
        String word =
                "[... %,d characters left out%s ...]".formatted(tail - head, advice.isEmpty() ? "" : "; " + advice);
        return text.substring(0, head) + "\n" + word + "\n" + text.substring(tail);
    }

    /** Lines of at most {@code most} characters, none longer than {@code longest}, middle lines replaced where there were more. */
    static List<String> cut(List<String> lines, int longest, int most) {
        List<String> each = lines.stream().map(line -> cut(line, longest, "")).toList();
        if (fitting(each, most) == each.size()) {
            return each;
        }
        int half = (most - WORD) / 2;
        int head = fitting(each, half);
        List<String> reversed = new ArrayList<>(each.subList(head, each.size()));
        Collections.reverse(reversed);
        int tail = each.size() - fitting(reversed, half);
        List<String> kept = new ArrayList<>(each.subList(0, head));
        kept.add("[... %,d lines left out ...]".formatted(tail - head));
        kept.addAll(each.subList(tail, each.size()));
        return kept;
    }

    private static int fitting(List<String> lines, int most) {
        long characters = 0;
        int count = 0;
        for (String line : lines) {
            characters += line.length() + 1;
            if (characters > most) {
                break;
            }
            count++;
        }
        return count;
    }
}
