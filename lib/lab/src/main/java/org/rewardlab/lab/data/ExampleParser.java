package org.rewardlab.lab.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one row in the layout that its columns show; texts may be plain or lists of {@code {role, content}} turns. */
final class ExampleParser {

    /** What became of a row: an example, or a reason why it is of no use. */
    record Parsed(@Nullable Example example, String reason) {
        static Parsed of(Example example) {
            return new Parsed(example, "");
        }

        static Parsed dropped(String reason) {
            return new Parsed(null, reason);
        }
    }

    private ExampleParser() {}

    /** @throws InvalidDataException if the columns are those of no layout or hold something else than the layout says */
    static Parsed parse(ObjectNode row, Place place) {
        if (row.has("chosen")) {
            throw InvalidDataException.at(place, "a preference pair; read it with Preferences.read");
        }
        if (!row.has("prompt")) {
            for (String field : List.of("text", "messages")) {
                if (row.has(field)) {
                    String text = text(row, field, place);
                    return text.isBlank()
                            ? Parsed.dropped("the text is empty")
                            : Parsed.of(new Example.PlainText(text));
                }
            }
            throw InvalidDataException.at(place, "needs \"prompt\", \"text\" or \"messages\", came " + names(row));
        }
        String prompt = text(row, "prompt", place);
        if (row.has("completions")) {
            return steps(row, prompt, place);
        }
        if (!row.has("completion")) {
            return prompt.isBlank() ? Parsed.dropped("the prompt is empty") : Parsed.of(new Example.PromptOnly(prompt));
        }
        String completion = text(row, "completion", place);
        if (completion.isBlank()) {
            return Parsed.dropped("the completion is empty");
        }
        JsonNode label = row.get("label");
        if (label == null) {
            return Parsed.of(new Example.Completed(prompt, completion));
        }
        return label.isNull()
                ? Parsed.dropped("the label is missing")
                : Parsed.of(new Example.Labelled(prompt, completion, truth(label, "label", place)));
    }

    private static Parsed steps(ObjectNode row, String prompt, Place place) {
        JsonNode completions = row.path("completions");
        JsonNode labels = row.path("labels");
        if (!completions.isArray() || !labels.isArray() || completions.size() != labels.size()) {
            throw InvalidDataException.at(
                    place,
                    "\"completions\" and \"labels\" must be lists of one length, came " + completions.size() + " and "
                            + labels.size());
        }
        List<String> texts = new ArrayList<>();
        List<Boolean> truths = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            if (!completions.get(i).isTextual()) {
                throw InvalidDataException.at(place, "step " + (i + 1) + " must be text, came " + completions.get(i));
            }
            texts.add(completions.get(i).asText());
            truths.add(truth(labels.get(i), "labels", place));
        }
        if (texts.contains("")) {
            return Parsed.dropped("a step is empty");
        }
        return texts.isEmpty()
                ? Parsed.dropped("there are no steps")
                : Parsed.of(new Example.Stepwise(prompt, texts, truths));
    }

    private static boolean truth(JsonNode node, String field, Place place) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber() && (node.asDouble() == 0 || node.asDouble() == 1)) {
            return node.asDouble() == 1;
        }
        throw InvalidDataException.at(place, "\"" + field + "\" must be true or false, came " + node);
    }

    private static String text(ObjectNode row, String field, Place place) {
        JsonNode node = row.path(field);
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.isArray()) {
            return Turns.read(field, node, place).text();
        }
        throw InvalidDataException.at(
                place, "\"" + field + "\" must be text or a list of {role, content}, came " + node.getNodeType());
    }

    private static List<String> names(ObjectNode row) {
        List<String> names = new ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
