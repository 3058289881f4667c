package org.rewardlab.kernel.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** The forms of one displayed value by MIME type, as nbformat keeps them: text as lines, JSON as JSON, bytes as base64. */
public final class MimeBundle {
    private static final Set<String> TEXT = Set.of("application/javascript", "image/svg+xml", "application/xml");

    private MimeBundle() {}

    /** Turns MIME types and values (text, bytes, or anything that reads as JSON) into the JSON of an output's {@code data}. */
    public static ObjectNode of(Map<String, ?> data) {
        ObjectNode bundle = JsonNodeFactory.instance.objectNode();
        data.forEach((type, value) -> bundle.set(type, value(type, value)));
        return bundle;
    }

    /** The text a bundle holds under a MIME type, empty when there is none; JSON comes laid out. */
    public static String text(JsonNode bundle, String type) {
        JsonNode value = bundle.path(type);
        return isJson(type) && !value.isMissingNode()
                ? NotebookJson.print(value).stripTrailing()
                : NotebookJson.text(value);
    }

    private static JsonNode value(String type, Object value) {
        if (value instanceof byte[] bytes) {
            return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
        }
        if (isJson(type)) {
            return json(value);
        }
        String text = String.valueOf(value);
        if (type.startsWith("text/") || TEXT.contains(type)) {
            return NotebookJson.lines(text);
        }
        return TextNode.valueOf(text.replaceAll("\\s", ""));
    }

    private static JsonNode json(Object value) {
        if (value instanceof JsonNode node) {
            return node;
        }
        if (value instanceof Map<?, ?> || (value instanceof Iterable<?> && !isForeignJson(value))) {
            return NotebookJson.toTree(value);
        }
        try {
            return NotebookJson.parse(String.valueOf(value));
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(String.valueOf(value));
        }
    }

    /** Gson's arrays are iterable, but print themselves as JSON. */
    private static boolean isForeignJson(Object value) {
        return value.getClass().getName().startsWith("com.google.gson.");
    }

    static boolean isJson(String type) {
        return type.equals("application/json") || type.endsWith("+json");
    }
}
