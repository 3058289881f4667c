package org.rewardlab.verify;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.reward.RewardFunction;
import org.rewardlab.tensor.Check;

/**
 * 1 if a completion is blocks between tags in a fixed order and nothing else, else 0: {@code <think>..</think><answer>..</answer>}.
 * DeepSeek-AI 2025.
 *
 * <p>Each tag is opened and closed once, no block is blank, and only blanks stand between blocks.
 *
 * <pre>{@code
 * var format = TagFormat.of("think", "answer");
 * format.matches("<think>2 and 2</think> <answer>4</answer>")
 * // => true
 * format.matches("<think>2 and 2</think> So: <answer>4</answer>")
 * // => false
 * format.block("answer", "<think>2 and 2</think> <answer>4</answer>")
 * // => "4"
 * format.score("", "<answer>4</answer>", Map.of())
 * // => 0.0
 * }</pre>
 *
 * @param tags names of the blocks in order, letters, digits and underscores
 */
public record TagFormat(List<String> tags) implements RewardFunction {

    public TagFormat {
        tags = List.copyOf(tags);
        if (tags.isEmpty() || tags.stream().distinct().count() < tags.size()) {
            throw Check.failure("tags", "different names, at least one", tags);
        }
        for (String tag : tags) {
            if (!tag.matches("\\w+")) {
                throw Check.failure("tags", "names of letters, digits and underscores", "\"" + tag + "\"");
            }
        }
    }

    /** Blocks of these names in order. */
    public static TagFormat of(String... tags) {
        return new TagFormat(List.of(tags));
    }

    /** Whether a text has the form. */
    public boolean matches(String text) {
        int at = 0;
        for (String tag : tags) {
            int open = text.indexOf("<" + tag + ">");
            int inside = open + tag.length() + 2;
            int close = text.indexOf("</" + tag + ">");
            boolean once = open >= at
                    && close >= inside
                    && text.lastIndexOf("<" + tag + ">") == open
                    && text.lastIndexOf("</" + tag + ">") == close;
            if (!once
                    || !text.substring(at, open).isBlank()
                    || text.substring(inside, close).isBlank()) {
                return false;
            }
            at = close + tag.length() + 3;
        }
        return text.substring(at).isBlank();
    }

    /** What stands in a block of a text that has the form; null where it has not. */
    public @Nullable String block(String tag, String text) {
        Check.oneOf("tag", tag, tags);
        if (!matches(text)) {
            return null;
        }
        return text.substring(text.indexOf("<" + tag + ">") + tag.length() + 2, text.indexOf("</" + tag + ">"));
    }

    @Override
    public @Nullable Number score(String prompt, String completion, Map<String, Object> row) {
        return matches(completion) ? 1.0 : 0.0;
    }
}
