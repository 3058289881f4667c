package org.rewardlab.lab.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.Message;

/** Requests and answers as OpenAI's chat completions write them. */
final class WireFormat {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WireFormat() {}

    static String request(String model, ChatRequest request) {
        ObjectNode json = JSON.createObjectNode();
        json.put("model", model);
        ArrayNode messages = json.putArray("messages");
        for (Message message : request.messages()) {
            messages.addObject().put("role", message.role()).put("content", message.content());
        }
        json.put("temperature", request.temperature());
        json.put("max_tokens", request.maxTokens());
        json.put("seed", request.seed());
        if (request.topLogprobs() > 0) {
            json.put("logprobs", true);
            json.put("top_logprobs", request.topLogprobs());
        }
        return json.toString();
    }

    /** The answer, or null for JSON that is none. */
    static @Nullable ChatReply reply(JsonNode json, boolean cached) {
        JsonNode choice = json.path("choices").path(0);
        JsonNode content = choice.path("message").path("content");
        if (!content.isTextual()) {
            return null;
        }
        List<ChatReply.TokenChoice> tokens = new ArrayList<>();
        for (JsonNode token : choice.path("logprobs").path("content")) {
            if (!token.path("token").isTextual() || !token.path("logprob").isNumber()) {
                return null;
            }
            Map<String, Double> alternatives = new LinkedHashMap<>();
            for (JsonNode other : token.path("top_logprobs")) {
                alternatives.putIfAbsent(
                        other.path("token").asText(), other.path("logprob").asDouble());
            }
            tokens.add(new ChatReply.TokenChoice(
                    token.path("token").asText(), token.path("logprob").asDouble(), alternatives));
        }
        return new ChatReply(
                content.asText(),
                tokens,
                Math.max(0, json.path("usage").path("prompt_tokens").asLong(0)),
                Math.max(0, json.path("usage").path("completion_tokens").asLong(0)),
                cached);
    }
}
