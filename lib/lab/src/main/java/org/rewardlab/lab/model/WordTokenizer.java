package org.rewardlab.lab.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rewardlab.tensor.Check;

/** A token for each word of a fixed vocabulary, words parted by blanks, for toy worlds: 0 pads, 1 ends, words follow. */
public final class WordTokenizer implements Tokenizer {
    private static final long serialVersionUID = 1;
    private static final int FIRST = 2;

    private final List<String> words;
    private final Map<String, Integer> ids = new HashMap<>();

    private WordTokenizer(List<String> words) {
        this.words = List.copyOf(words);
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).isBlank() || words.get(i).contains(" ")) {
                throw Check.failure("words", "words without blanks", "\"" + words.get(i) + "\"");
            }
            if (ids.put(words.get(i), FIRST + i) != null) {
                throw Check.failure("words", "each word once", words.get(i) + " twice");
            }
        }
    }

    /** These words, in the order of their ids. */
    public static WordTokenizer of(List<String> words) {
        return new WordTokenizer(words);
    }

    /** All words of some texts, sorted. */
    public static WordTokenizer over(Iterable<String> texts) {
        TreeSet<String> all = new TreeSet<>();
        for (String text : texts) {
            all.addAll(split(text));
        }
        return of(new ArrayList<>(all));
    }

    private static List<String> split(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
    }

    @Override
    public int[] encode(String text) {
        return split(text).stream()
                .mapToInt(word -> {
                    Integer id = ids.get(word);
                    if (id == null) {
                        throw Check.failure("text", "words of the vocabulary of " + words.size(), "\"" + word + "\"");
                    }
                    return id;
                })
                .toArray();
    }

    @Override
    public String decode(int[] tokens) {
        List<String> text = new ArrayList<>();
        for (int token : tokens) {
            if (token < 0 || token >= size()) {
                throw Check.failure("ids", "token ids in [0, " + size() + ")", token);
            }
            if (token >= FIRST) {
                text.add(words.get(token - FIRST));
            }
        }
        return String.join(" ", text);
    }

    @Override
    public int size() {
        return FIRST + words.size();
    }

    @Override
    public int padId() {
        return 0;
    }

    @Override
    public int endId() {
        return 1;
    }

    @Override
    public String toString() {
        return "WordTokenizer(" + words.size() + " words)";
    }
}
