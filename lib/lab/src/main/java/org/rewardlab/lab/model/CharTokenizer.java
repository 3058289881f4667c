package org.rewardlab.lab.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;

/** A token for each character of a fixed alphabet, for toy worlds: 0 pads, 1 ends, the characters follow in order. */
public final class CharTokenizer implements Tokenizer {
    private static final long serialVersionUID = 1;
    private static final int FIRST = 2;

    private final String alphabet;
    private final Map<Integer, Integer> ids = new HashMap<>();
    private final int[] characters;

    private CharTokenizer(String alphabet) {
        this.alphabet = alphabet;
        this.characters = alphabet.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (ids.put(characters[i], FIRST + i) != null) {
                throw Check.failure("alphabet", "each character once", Character.toString(characters[i]) + " twice");
            }
        }
    }

    /** The characters of the alphabet, each once, in the order of their ids. */
    public static CharTokenizer of(String alphabet) {
        return new CharTokenizer(alphabet);
    }

    /** All characters of some texts, sorted. */
    public static CharTokenizer over(Iterable<String> texts) {
        List<Integer> all = new ArrayList<>();
        for (String text : texts) {
            text.codePoints().boxed().forEach(all::add);
        }
        StringBuilder alphabet = new StringBuilder();
        all.stream().distinct().sorted().forEach(alphabet::appendCodePoint);
        return of(alphabet.toString());
    }

    @Override
    public int[] encode(String text) {
        return text.codePoints().map(this::id).toArray();
    }

    private int id(int character) {
        Integer id = ids.get(character);
        if (id == null) {
            throw Check.failure("text", "characters of \"" + alphabet + "\"", Character.toString(character));
        }
        return id;
    }

    @Override
    public String decode(int[] tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            if (token < 0 || token >= size()) {
                throw Check.failure("ids", "token ids in [0, " + size() + ")", token);
            }
            if (token >= FIRST) {
                text.appendCodePoint(characters[token - FIRST]);
            }
        }
        return text.toString();
    }

    @Override
    public int size() {
        return FIRST + characters.length;
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
        return "CharTokenizer(\"" + alphabet + "\")";
    }
}
