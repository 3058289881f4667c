package org.rewardlab.lab.judge.math;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the final answer of a solution: what stands in the last {@code \boxed}, else behind the last {@code ####}, {@code A:} or
 * "answer is", else the last mathematics or number of the text.
 */
final class AnswerExtractor {

    private static final int LONGEST = 50_000;
    private static final int LONGEST_GAP = 60;
    private static final int MOST = 200;
    private static final Pattern BOXED = Pattern.compile("\\\\(?:boxed|fbox)\\s*\\{");
    private static final Pattern BETWEEN_BOXES =
            Pattern.compile("(?:\\s|[,$]|\\\\quad|\\\\[,;() \\]]|\\\\text\\{\\s*(?:and|or)\\s*\\}|and|or|\\\\\\[)*");
    private static final Pattern MARKED = Pattern.compile("(?:^|\\n)\\s*(?:####|A:)[ \\t]*([^\\n]+)");
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?:final answer|answer|result|solution)(?:\\s+is)?\\s*(?:is|:|=)\\s*:?\\s*", Pattern.CASE_INSENSITIVE);
    private static final String NUMBER = "(?:[1-9]\\d{0,2}(?:,\\d{3})+|\\d+)(?:[.,]\\d+)?|\\.\\d+";
    private static final Pattern PLAIN = Pattern.compile(
            "(?<![\\p{L}\\d_.,/\\\\{^])[-+]?[$€£]?(?:" + NUMBER + ")(?:\\s*/\\s*\\d+)?"
                    + "(?:\\s*(?:%|percentage\\b|percent\\b|pct\\b)|(?:mm|cm|km|kg|m|g|s|h)[²³]?(?![\\p{L}])|[€$£])?(?![\\p{L}\\d_])");
    private static final Pattern PERCENT_AFTER = Pattern.compile("\\s*(?:%|percentage\\b|percent\\b|pct\\b)");

    private static final Pattern ALONGSIDE = Pattern.compile("\\s*(?:,|and|or|, and|, or)\\s*");

    private AnswerExtractor() {}

    /** The answer of a text, or null where none is found. */
    static @Nullable MathNode answer(String text) {
        String tail = text.length() > LONGEST ? text.substring(text.length() - LONGEST) : text;
        String clean = AnswerText.unescaped(tail);
        for (Step step : List.<Step>of(
                AnswerExtractor::boxed, AnswerExtractor::marked, AnswerExtractor::whole, AnswerExtractor::announced)) {
            MathNode node = step.find(clean);
            if (node != null) {
                return node;
            }
        }
        return last(clean);
    }

    private interface Step {
        @Nullable
        MathNode find(String text);
    }

    private static @Nullable MathNode boxed(String text) {
        List<int[]> boxes = new ArrayList<>();
        Matcher matcher = BOXED.matcher(text);
        while (matcher.find()) {
            boxes.add(new int[] {matcher.start(), matcher.end(), closing(text, matcher.end())});
        }
        if (boxes.isEmpty()) {
            return null;
        }
        int first = boxes.size() - 1;
        while (first > 0 && together(text, boxes.get(first - 1), boxes.get(first))) {
            first--;
        }
        List<String> inside = new ArrayList<>();
        for (int[] box : boxes.subList(first, boxes.size())) {
            inside.add(text.substring(box[1], box[2]));
        }
        String answer = String.join(", ", inside);
        int end = boxes.get(boxes.size() - 1)[2];
        String after = text.substring(Math.min(text.length(), end + 1)).replaceFirst("^\\$", "");
        boolean percent = PERCENT_AFTER.matcher(after).lookingAt();
        return AnswerText.read(percent ? answer + " %" : answer, false);
    }

    private static boolean together(String text, int[] box, int[] next) {
        return box[2] < next[0]
                && BETWEEN_BOXES.matcher(text.substring(box[2] + 1, next[0])).matches();
    }

    /** Where the group that starts here closes; the end of its line where it never does. */
    private static int closing(String text, int start) {
        int depth = 1;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        int dollar = text.indexOf('$', start);
        return dollar < 0 ? text.length() : dollar;
    }

    private static @Nullable MathNode marked(String text) {
        Matcher matcher = MARKED.matcher(text);
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return last == null ? null : AnswerText.read(last, true);
    }

    /** A text that is an answer and nothing else. */
    private static @Nullable MathNode whole(String text) {
        String stripped = text.strip();
        if (stripped.length() > 200
                || stripped.contains("\n")
                || !LatexExcerpt.all(stripped).isEmpty()) {
            return null;
        }
        return AnswerText.read(stripped, true);
    }

    /** What follows the last "answer is", up to the end of its sentence. */
    private static @Nullable MathNode announced(String text) {
        Matcher matcher = ANNOUNCED.matcher(text);
        int start = -1;
        while (matcher.find()) {
            start = matcher.end();
        }
        if (start < 0) {
            return null;
        }
        Matcher end = Pattern.compile("\\.(?=\\s|$)|\\n").matcher(text).region(start, text.length());
        String sentence = text.substring(start, end.find() ? end.start() : text.length());
        List<LatexExcerpt> latex = LatexExcerpt.all(sentence);
        if (latex.size() > 1) {
            MathNode joined = AnswerText.read(
                    sentence.replaceAll("[$\"\\\\]|(?:\\\\[()])", " ").strip(), false);
            if (joined != null && joined.is(MathNode.Kind.LIST)) {
                return joined;
            }
        }
        if (!latex.isEmpty()) {
            return AnswerText.read(
                    latex.get(0).withPercent(PERCENT_AFTER.matcher(sentence)).text(), false);
        }
        MathNode direct = AnswerText.read(sentence.replaceAll("[*\"]", ""), true);
        return direct != null && !direct.is(MathNode.Kind.TEXT) ? direct : last(sentence);
    }

    /** The last excerpt that can be read: mathematics between its signs, or a number in plain text. */
    private static @Nullable MathNode last(String text) {
        List<LatexExcerpt> latex = LatexExcerpt.all(text);
        List<LatexExcerpt> all = new ArrayList<>(latex);
        for (int i = 1; i < latex.size(); i++) {
            LatexExcerpt before = all.get(i - 1);
            LatexExcerpt excerpt = latex.get(i);
            boolean together = excerpt.start() - before.end() < LONGEST_GAP
                    && ALONGSIDE
                            .matcher(text.substring(before.end(), excerpt.start()))
                            .matches();
            all.set(
                    i,
                    together
                            ? new LatexExcerpt(
                                    before.text() + ", " + excerpt.text(), before.start(), excerpt.end(), false)
                            : excerpt);
        }
        all.replaceAll(excerpt -> excerpt.withPercent(PERCENT_AFTER.matcher(text)));
        Matcher plain = PLAIN.matcher(text);
        while (plain.find()) {
            all.add(new LatexExcerpt(plain.group(), plain.start(), plain.end(), true));
        }
        all.sort(Comparator.comparingInt(LatexExcerpt::end).reversed());
        for (LatexExcerpt found : all.subList(0, Math.min(MOST, all.size()))) {
            MathNode node = AnswerText.read(found.text(), found.plain());
            if (node != null) {
                return node;
            }
        }
        return null;
    }
}
