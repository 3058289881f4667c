package org.rewardlab.lab.judge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool that a model wrote.
 *
 * @param name of the tool
 * @param arguments by name
 */
public record FunctionCall(String name, ObjectNode arguments) {

    private static final int LONGEST = 100_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    public FunctionCall {
        arguments = arguments.deepCopy();
    }

    /**
     * The calls of a completion: JSON objects {@code {"name": ..., "arguments": {...}}} (or {@code "parameters"}), one a line or in a list,
     * within {@code <tool_call>} tags or, without tags, the whole text, fenced or not.
     *
     * @return none for an empty block or a text without one that is no JSON; null for a block that is not exactly calls
     */
    public static @Nullable List<FunctionCall> parse(String completion) {
        if (completion.length() > LONGEST) {
            return null;
        }
        List<String> blocks = blocks(completion);
        if (blocks.isEmpty()) {
            String bare =
                    completion.strip().replaceFirst("^```(?:json)?\\s*", "").replaceFirst("\\s*```$", "");
            if (!bare.startsWith("{") && !bare.startsWith("[")) {
                return List.of();
            }
            blocks = List.of(bare);
        }
        List<FunctionCall> calls = new ArrayList<>();
        for (String block : blocks) {
            List<FunctionCall> some = block(block.strip());
            if (some == null) {
                return null;
            }
            calls.addAll(some);
        }
        return calls;
    }

    private static List<String> blocks(String completion) {
        List<String> blocks = new ArrayList<>();
        int open = completion.indexOf("<tool_call>");
        while (open >= 0) {
            int start = open + "<tool_call>".length();
            int close = completion.indexOf("</tool_call>", start);
            blocks.add(close < 0 ? "unclosed" : completion.substring(start, close));
            open = close < 0 ? -1 : completion.indexOf("<tool_call>", close);
        }
        return blocks;
    }

    private static @Nullable List<FunctionCall> block(String text) {
        List<FunctionCall> calls = new ArrayList<>();
        JsonNode whole = json(text);
        if (whole == null) {
            for (String line : text.split("\\R")) {
                FunctionCall call = line.isBlank() ? null : call(json(line));
                if (call == null && !line.isBlank()) {
                    return null;
                }
                if (call != null) {
                    calls.add(call);
                }
            }
            return calls;
        }
        for (JsonNode node : whole.isArray() ? whole : List.of(whole)) {
            FunctionCall call = call(node);
            if (call == null) {
                return null;
            }
            calls.add(call);
        }
        return calls;
    }

    private static @Nullable JsonNode json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }

    private static @Nullable FunctionCall call(@Nullable JsonNode node) {
        if (node == null || !node.path("name").isTextual()) {
            return null;
        }
        JsonNode arguments = node.has("arguments") ? node.path("arguments") : node.path("parameters");
        if (arguments.isTextual()) {
            JsonNode inner = json(arguments.asText());
            arguments = inner == null ? arguments : inner;
        }
        if (arguments.isMissingNode()) {
            return new FunctionCall(node.path("name").asText(), JSON.createObjectNode());
        }
        return arguments instanceof ObjectNode object
                ? new FunctionCall(node.path("name").asText(), object)
                : null;
    }
}
