package org.rewardlab.lab.data;

import java.util.Map;

/**
 * A text to be completed, with the other columns of its row: what rewards may read, such as the right answer.
 *
 * @param text of the prompt
 * @param columns by name
 */
public record Prompt(String text, Map<String, Object> columns) {
    public Prompt {
        columns = Map.copyOf(columns);
    }

    /** A prompt without columns. */
    public Prompt(String text) {
        this(text, Map.of());
    }
}
