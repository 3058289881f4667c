package org.rewardlab.lab.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pair out of a row in any of TRL's forms: a prompt of its own or one that both texts begin with, as plain text or as a list of
 * {@code {role, content}} turns; and in HH-RLHF's form, two transcripts.
 */
final class PairParser {
    static final String IDENTICAL = "chosen and rejected are identical";
    static final String EMPTY = "a response is empty";
    static final String PARTED = "the two dialogues part before their last assistant turn";
    static final String NO_ANSWER = "a dialogue does not end with an assistant turn";

    private PairParser() {}

    /** @throws InvalidDataException if a field is missing or has a form that no reading fits */
    static ParsedRow parse(ObjectNode row, Place place) {
        JsonNode chosen = required(row, "chosen", place);
        JsonNode rejected = required(row, "rejected", place);
        JsonNode prompt = row.get("prompt");
        if (chosen.isTextual() && rejected.isTextual()) {
            return prompt == null || prompt.isNull()
                    ? split(chosen.textValue(), rejected.textValue())
                    : pair(promptText(prompt, place), chosen.textValue(), rejected.textValue());
        }
        if (chosen.isArray() && rejected.isArray()) {
            return dialogues(
                    prompt, Turns.read("chosen", chosen, place), Turns.read("rejected", rejected, place), place);
        }
        throw InvalidDataException.at(
                place,
                "\"chosen\" and \"rejected\" must both be text or both lists of {role, content}, came " + kind(chosen)
                        + " and " + kind(rejected));
    }

    private static JsonNode required(ObjectNode row, String field, Place place) {
        JsonNode value = row.get(field);
        if (value != null && !value.isNull()) {
            return value;
        }
        StringJoiner found = new StringJoiner(", ");
        row.fieldNames().forEachRemaining(found::add);
        throw InvalidDataException.at(
                place,
                value == null
                        ? "no field \"" + field + "\"; a pair needs \"chosen\" and \"rejected\", found: " + found
                        : "field \"" + field + "\" is null; a pair needs both responses");
    }

    private static String promptText(JsonNode prompt, Place place) {
        if (prompt.isTextual()) {
            return prompt.textValue();
        }
        if (prompt.isArray()) {
            return Turns.read("prompt", prompt, place).text();
        }
        throw InvalidDataException.at(
                place, "\"prompt\" must be text or a list of {role, content}, came " + kind(prompt));
    }

    private static ParsedRow split(String chosen, String rejected) {
        if (Transcript.is(chosen) && Transcript.is(rejected)) {
            return parted(Transcript.parse(chosen), Transcript.parse(rejected));
        }
        int shared = SharedPrefix.length(chosen, rejected);
        return pair(chosen.substring(0, shared), chosen.substring(shared), rejected.substring(shared));
    }

    private static ParsedRow dialogues(@Nullable JsonNode prompt, Dialogue chosen, Dialogue rejected, Place place) {
        if (prompt != null && prompt.isArray()) {
            Dialogue asked = Turns.read("prompt", prompt, place);
            return parted(asked.then(chosen), asked.then(rejected));
        }
        if (prompt == null || prompt.isNull() || chosen.sharedWith(rejected) > 0) {
            return parted(chosen, rejected);
        }
        return pair(promptText(prompt, place), chosen.text(), rejected.text());
    }

    /** Two dialogues that share their turns up to the last, where the assistant answers. */
    private static ParsedRow parted(Dialogue chosen, Dialogue rejected) {
        if (chosen.equals(rejected)) {
            return new ParsedRow.Dropped(IDENTICAL);
        }
        int shared = chosen.sharedWith(rejected);
        if (shared != chosen.size() - 1 || shared != rejected.size() - 1) {
            return new ParsedRow.Dropped(PARTED);
        }
        Message better = chosen.messages().get(shared);
        Message worse = rejected.messages().get(shared);
        if (!better.isAssistant() || !worse.isAssistant()) {
            return new ParsedRow.Dropped(NO_ANSWER);
        }
        return pair(chosen.first(shared).text(), better.content(), worse.content());
    }

    private static ParsedRow pair(String prompt, String chosen, String rejected) {
        if (chosen.isBlank() || rejected.isBlank()) {
            return new ParsedRow.Dropped(EMPTY);
        }
        return chosen.equals(rejected)
                ? new ParsedRow.Dropped(IDENTICAL)
                : new ParsedRow.Kept(new PreferencePair(prompt, chosen, rejected));
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "text";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            default -> "nothing";
        };
    }
}
