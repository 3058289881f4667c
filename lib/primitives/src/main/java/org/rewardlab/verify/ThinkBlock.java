package org.rewardlab.verify;

/**
 * A reply that begins with a thought between {@code <think>} and {@code </think>}: what the other side sees of it, and whether
 * it is well formed. Wang et al. 2025 (RLVER).
 *
 * <pre>{@code
 * ThinkBlock.of("<think>She is sad.</think> I am sorry to hear that.")
 * // => ThinkBlock[visible=I am sorry to hear that., wellFormed=true]
 * ThinkBlock.of("<think></think> I am sorry to hear that.")
 * // => ThinkBlock[visible=I am sorry to hear that., wellFormed=false]
 * ThinkBlock.of("I am sorry to hear that.")
 * // => ThinkBlock[visible=I am sorry to hear that., wellFormed=false]
 * }</pre>
 *
 * @param visible what follows the last closing tag, trimmed; without one, the text as it came
 * @param wellFormed whether the trimmed text begins with the opening tag, has one of each tag, and neither thought nor reply
 *     is blank
 */
public record ThinkBlock(String visible, boolean wellFormed) {

    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    /** Reads a model's output. */
    public static ThinkBlock of(String text) {
        int close = text.lastIndexOf(CLOSE);
        if (close < 0) {
            return new ThinkBlock(text, false);
        }
        String visible = text.substring(close + CLOSE.length()).strip();
        String trimmed = text.strip();
        boolean once = trimmed.startsWith(OPEN)
                && trimmed.indexOf(OPEN, 1) < 0
                && trimmed.indexOf(CLOSE) == trimmed.lastIndexOf(CLOSE);
        boolean wellFormed = once
                && !visible.isEmpty()
                && !trimmed.substring(OPEN.length(), trimmed.indexOf(CLOSE)).isBlank();
        return new ThinkBlock(visible, wellFormed);
    }
}
