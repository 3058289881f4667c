package org.rewardlab.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rewardlab.tensor.Check;

/**
 * Sentences cut into pieces short enough to be judged one by one. Jing and Du 2024 (FGAIF).
 *
 * <p>A cut follows a word that ends in one of {@code , ; ! ?}, unless the piece before it or what remains after it would have fewer than
 * {@code minWords} words.
 *
 * <pre>{@code
 * new SubSentences(3).of("A red car stands here, next to it waits a dog.")
 * // => [A red car stands here,, next to it waits a dog.]
 * new SubSentences(3).of("Here, next to it waits a dog.") // one word is too few
 * // => [Here, next to it waits a dog.]
 * }</pre>
 *
 * @param minWords of a piece, at least 1
 */
public record SubSentences(int minWords) implements Serializable {

    private static final String MARKS = ",;!?";

    public SubSentences {
        Check.atLeast("minWords", minWords, 1);
    }

    /** Pieces of at least 5 words. */
    public SubSentences() {
        this(5);
    }

    /** The pieces of a sentence in order, words joined by single spaces; none of a blank one. */
    public List<String> of(String sentence) {
        String stripped = sentence.strip();
        if (stripped.isEmpty()) {
            return List.of();
        }
        List<String> words = Arrays.asList(stripped.split("\\s+", -1));
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int next = 1; next < words.size(); next++) {
            String word = words.get(next - 1);
            boolean mark = MARKS.indexOf(word.charAt(word.length() - 1)) >= 0;
            if (mark && next - start >= minWords && words.size() - next >= minWords) {
                pieces.add(String.join(" ", words.subList(start, next)));
                start = next;
            }
        }
        pieces.add(String.join(" ", words.subList(start, words.size())));
        return List.copyOf(pieces);
    }
}
