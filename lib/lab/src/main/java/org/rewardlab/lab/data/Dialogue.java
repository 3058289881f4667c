package org.rewardlab.lab.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns in their order.
 *
 * @param messages the turns
 */
public record Dialogue(List<Message> messages) {
    public Dialogue {
        messages = List.copyOf(messages);
    }

    /** The number of turns. */
    public int size() {
        return messages.size();
    }

    /** The first turns. */
    public Dialogue first(int count) {
        return new Dialogue(messages.subList(0, count));
    }

    /** What is left after the first turns. */
    public Dialogue after(int count) {
        return new Dialogue(messages.subList(count, size()));
    }

    /** This dialogue with another one behind it. */
    public Dialogue then(Dialogue more) {
        return new Dialogue(
                Stream.concat(messages.stream(), more.messages.stream()).toList());
    }

    /** How many turns two dialogues share from their beginning. */
    public int sharedWith(Dialogue other) {
        int shared = 0;
        while (shared < Math.min(size(), other.size()) && messages.get(shared).equals(other.messages.get(shared))) {
            shared++;
        }
        return shared;
    }

    /** The dialogue as text: a single turn is its content alone, several are headed by their roles. */
    public String text() {
        if (size() == 1) {
            return messages.get(0).content();
        }
        return messages.stream().map(Dialogue::headed).collect(Collectors.joining("\n\n"));
    }

    private static String headed(Message message) {
        String role = message.role();
        return role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1) + ": " + message.content();
    }
}
