package org.rewardlab.lab.data;

/**
 * One turn of a dialogue.
 *
 * @param role who speaks, such as {@code user}, {@code assistant} or {@code system}
 * @param content what is said
 */
public record Message(String role, String content) {
    /** Whether the assistant speaks. */
    public boolean isAssistant() {
        return role.equals("assistant");
    }
}
