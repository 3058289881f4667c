package org.rewardlab.lab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an arm says of itself, as JSON: records with the name of their class and their components, numbers, texts, truth
 * values, enums, and lists, arrays and maps of those. Two arms with equal content give the same text in every process.
 */
final class ContentJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ContentJson() {}

    /**
     * The content of an arm.
     *
     * @throws IllegalArgumentException for what has no content that can be written down, such as a lambda or a model
     */
    static JsonNode of(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        } else if (value instanceof Double || value instanceof Float) {
            return NODES.textNode(value.toString()); // JSON has neither NaN nor infinity
        } else if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
            return typed(value).put("value", value.toString());
        } else if (value instanceof String text) {
            return NODES.textNode('"' + text);
        } else if (value instanceof Enum<?> constant) {
            return NODES.objectNode()
                    .put("type", constant.getDeclaringClass().getName())
                    .put("value", constant.name());
        } else if (value instanceof Record record) {
            return fields(record);
        } else if (value instanceof Map<?, ?> map) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            map.forEach((name, each) -> sorted.put(of(name).toString(), of(each)));
            ObjectNode node = NODES.objectNode();
            sorted.forEach(node::set);
            return node;
        } else if (value instanceof Iterable<?> list) {
            ArrayNode node = NODES.arrayNode();
            list.forEach(each -> node.add(of(each)));
            return node;
        } else if (value.getClass().isArray()) {
            ArrayNode node = NODES.arrayNode();
            for (int i = 0; i < Array.getLength(value); i++) {
                node.add(of(Array.get(value, i)));
            }
            return node;
        }
        throw new IllegalArgumentException("arm: expected records, numbers, texts, enums and lists of those, of which a"
                + " cache can tell whether they are the same, got "
                + value.getClass().getName());
    }

    private static ObjectNode typed(Object value) {
        return NODES.objectNode().put("type", value.getClass().getName());
    }

    private static JsonNode fields(Record record) {
        ObjectNode node = typed(record);
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                var read = component.getAccessor();
                read.setAccessible(true);
                node.set(component.getName(), of(read.invoke(record)));
            } catch (ReflectiveOperationException failure) {
                throw new IllegalArgumentException("arm: " + record + " cannot be read", failure);
            }
        }
        return node;
    }

    /** Reads what {@link JsonNode#toString} wrote. */
    static JsonNode parse(String text) throws java.io.IOException {
        return JSON.readTree(text);
    }

    /** The SHA-256 of a text, in hexadecimal digits. */
    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
