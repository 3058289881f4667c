package org.rewardlab.lab.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rewardlab.tensor.Check;

/**
 * A question with four answers, the faults that people marked in the first one, and which of two answers they preferred. Wu et al. 2023
 * (qa-feedback).
 *
 * @param question what was asked
 * @param answers four of them; faults are marked in the first alone
 * @param faults the marked spans
 * @param preferences of the pairs 1-2, 1-3, 1-4, 2-3, 2-4, 3-4: 1 for the former, 2 for the latter, 0 for neither
 */
public record SpanFeedback(String question, List<String> answers, List<Fault> faults, List<Integer> preferences) {
    private static final int ANSWERS = 4;
    private static final int PAIRS = 6;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['’.,-][\\p{L}\\p{N}]+)*");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?][\"')\\]]*\\s+");

    /**
     * A marked span.
     *
     * @param kind what is wrong with it, such as {@code Irrelevant}
     * @param start of the span in the answer, in characters from 0
     * @param end behind its last character
     */
    public record Fault(String kind, int start, int end) {}

    /**
     * A word of the first answer.
     *
     * @param start of the word, in characters
     * @param end behind its last character
     * @param sentence number of its sentence, from 0
     * @param marked whether a fault covers any of it
     */
    public record Word(int start, int end, int sentence, boolean marked) {}

    public SpanFeedback {
        answers = List.copyOf(answers);
        faults = List.copyOf(faults);
        preferences = List.copyOf(preferences);
        if (answers.size() != ANSWERS) {
            throw new IllegalArgumentException("answers: expected " + ANSWERS + ", got " + answers.size());
        }
        if (preferences.size() != PAIRS || !preferences.stream().allMatch(one -> one >= 0 && one <= 2)) {
            throw new IllegalArgumentException("preferences: expected " + PAIRS + " of 0, 1 and 2, got " + preferences);
        }
        for (Fault fault : faults) {
            if (fault.start() < 0 || fault.end() < fault.start()) {
                throw new IllegalArgumentException("faults: expected spans that begin before they end, got " + fault);
            }
        }
    }

    /**
     * Reads JSON Lines, plain or gzipped, with the fields of the public set: {@code question}, {@code prediction 1} to {@code prediction 4},
     * {@code feedback.errors} and {@code preference}.
     *
     * @throws InvalidDataException naming file and line if a row is broken
     */
    public static List<SpanFeedback> read(Path file) {
        List<SpanFeedback> all = new ArrayList<>();
        JsonLines.read(file, (row, place) -> {
            try {
                all.add(of(row));
            } catch (IllegalArgumentException broken) {
                throw InvalidDataException.at(place, String.valueOf(broken.getMessage()));
            }
        });
        return all;
    }

    private static SpanFeedback of(ObjectNode row) {
        List<String> answers = new ArrayList<>();
        for (int i = 1; i <= ANSWERS; i++) {
            answers.add(text(row, "prediction " + i));
        }
        List<Fault> faults = new ArrayList<>();
        for (JsonNode error : row.path("feedback").path("errors")) {
            faults.add(new Fault(
                    error.path("error type").asText(),
                    whole("start", error.path("start")),
                    whole("end", error.path("end"))));
        }
        List<Integer> preferences = new ArrayList<>();
        row.path("preference").forEach(one -> preferences.add(whole("preference", one)));
        return new SpanFeedback(text(row, "question"), answers, faults, preferences);
    }

    private static int whole(String name, JsonNode node) {
        if (!node.isNumber() || !node.canConvertToInt() || node.doubleValue() != Math.rint(node.doubleValue())) {
            throw Check.failure(name, "a whole number", node.isMissingNode() ? "none" : node);
        }
        return node.intValue();
    }

    private static String text(ObjectNode row, String field) {
        JsonNode value = row.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + ": expected text, got " + value.getNodeType());
        }
        return value.asText();
    }

    /** The words of the first answer in order. */
    public List<Word> words() {
        String answer = answers.get(0);
        List<Integer> ends = new ArrayList<>();
        for (Matcher end = SENTENCE_END.matcher(answer); end.find(); ) {
            ends.add(end.end());
        }
        List<Word> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(answer); word.find(); ) {
            int start = word.start();
            int end = word.end();
            int sentence = (int) ends.stream().filter(at -> at <= start).count();
            boolean marked = faults.stream().anyMatch(fault -> fault.start() < end && fault.end() > start);
            words.add(new Word(start, end, sentence, marked));
        }
        return words;
    }

    /** The answers in pairs, the preferred one first, ties left out: holistic labels, which know no spans. */
    public List<PreferencePair> pairs() {
        List<PreferencePair> pairs = new ArrayList<>();
        int pair = 0;
        for (int i = 0; i < ANSWERS; i++) {
            for (int j = i + 1; j < ANSWERS; j++) {
                int preferred = preferences.get(pair++);
                if (preferred != 0) {
                    boolean former = preferred == 1;
                    pairs.add(new PreferencePair(question, answers.get(former ? i : j), answers.get(former ? j : i)));
                }
            }
        }
        return pairs;
    }
}
