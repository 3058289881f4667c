package org.rewardlab.lab.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A list of {@code {role, content}} objects as a dialogue. */
final class Turns {
    private Turns() {}

    /** @throws InvalidDataException if the list is empty or one of its turns has no role or no content */
    static Dialogue read(String field, JsonNode list, Place place) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode turn : list) {
            String role = turn.path("role").textValue();
            String content = text(turn.path("content"));
            if (role == null || role.isEmpty() || content == null) {
                throw InvalidDataException.at(
                        place,
                        "turn " + (messages.size() + 1) + " of \"" + field
                                + "\" must be {\"role\": text, \"content\": text}, came " + shortened(turn));
            }
            messages.add(new Message(role, content));
        }
        if (messages.isEmpty()) {
            throw InvalidDataException.at(place, "\"" + field + "\" is an empty list of turns");
        }
        return new Dialogue(messages);
    }

    /** Plain text, or the text parts of a list of parts. */
    private static @Nullable String text(JsonNode content) {
        if (!content.isArray()) {
            return content.textValue();
        }
        StringJoiner parts = new StringJoiner("\n");
        for (JsonNode part : content) {
            if (part.path("text").isTextual()) {
                parts.add(part.path("text").textValue());
            }
        }
        return parts.toString();
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
