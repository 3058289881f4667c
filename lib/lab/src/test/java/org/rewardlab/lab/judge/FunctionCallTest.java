package org.rewardlab.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.lab.data.RealData;

class FunctionCallTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static boolean matches(String accepted, String completion) throws JsonProcessingException {
        return FunctionCallMatch.matches(JSON.readTree(accepted), completion);
    }

    @Test
    void callsAreReadFromTagsLinesListsAndFences() {
        String one = "{\"name\": \"add\", \"arguments\": {\"a\": 1}}";
        assertThat(FunctionCall.parse("<think>hm</think>\n<tool_call>\n" + one + "\n" + one + "\n</tool_call>"))
                .hasSize(2);
        assertThat(FunctionCall.parse("<tool_call>" + one + "</tool_call><tool_call>" + one + "</tool_call>"))
                .hasSize(2);
        assertThat(FunctionCall.parse("[" + one + "," + one + "]")).hasSize(2);
        assertThat(FunctionCall.parse("```json\n" + one + "\n```")).hasSize(1);
        assertThat(FunctionCall.parse("{\"name\": \"add\", \"parameters\": {\"a\": 1}}"))
                .hasSize(1);
        assertThat(FunctionCall.parse("{\"name\": \"now\"}")).hasSize(1);
        assertThat(FunctionCall.parse("{\"name\": \"add\", \"arguments\": \"{\\\"a\\\": 1}\"}"))
                .hasSize(1);
        assertThat(FunctionCall.parse("I need no tool.")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tool_call>{\"name\": \"add\"",
                "<tool_call>add(1)</tool_call>",
                "{\"arguments\": {}}",
                "{\"name\": 3}",
                "{\"name\": \"add\", \"arguments\": [1]}",
                "{\"name\": \"add\", \"arguments\": {\"a\": 1, \"a\": 2}}",
                "{\"name\": \"add\"} and more",
                "[1]",
            })
    void whatIsNotExactlyCallsIsRefused(String completion) {
        assertThat(FunctionCall.parse(completion)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'a': 5, 'unit': 'Km'} ; true",
                "{'a': 5.0} ; true",
                "{'a': '5'} ; false",
                "{'a': 6} ; false",
                "{} ; false",
                "{'a': 5, 'unit': 'miles'} ; false",
                "{'a': 5, 'extra': 1} ; false",
                "{'a': 5, 'flag': true} ; true",
                "{'a': 5, 'flag': 1} ; false",
                "{'a': 5, 'list': ['New York', 2]} ; true",
                "{'a': 5, 'list': [2, 'new york']} ; false",
                "{'a': 5, 'box': {'w': 2}} ; true",
                "{'a': 5, 'box': {'w': 3}} ; true",
                "{'a': 5, 'box': {'w': 4}} ; false",
                "{'a': 5, 'box': {}} ; false",
            })
    void argumentsMayHaveAnyAcceptedValue(String arguments, boolean expected) throws JsonProcessingException {
        String accepted =
                "[{'f.g': {'a': [5], 'unit': ['km', ''], 'flag': [true, ''], 'list': [['new york', 2], ''], 'box': [{'w': [2, 3]}, '']}}]";
        String completion = "{'name': 'f.g', 'arguments': " + arguments + "}";
        assertThat(matches(accepted.replace('\'', '"'), completion.replace('\'', '"')))
                .isEqualTo(expected);
    }

    @Test
    void theOrderOfCallsDoesNotMatterButTheirNumberDoes() throws JsonProcessingException {
        String accepted = "[{\"f\": {\"a\": [1, 2]}}, {\"f\": {\"a\": [1]}}]";
        assertThat(matches(
                        accepted,
                        "[{\"name\": \"f\", \"arguments\": {\"a\": 1}}, {\"name\": \"f\", \"arguments\": {\"a\": 2}}]"))
                .isTrue();
        assertThat(matches(
                        accepted,
                        "[{\"name\": \"f\", \"arguments\": {\"a\": 2}}, {\"name\": \"f\", \"arguments\": {\"a\": 2}}]"))
                .isFalse();
        assertThat(matches(accepted, "{\"name\": \"f\", \"arguments\": {\"a\": 1}}"))
                .isFalse();
        assertThat(matches("[]", "Nothing to call here.")).isTrue();
        assertThat(matches("[]", "{\"name\": \"f\"}")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple_python", "multiple", "parallel", "simple_java"})
    void theLeaderboardsOwnAnswersMatchAndChangedOnesDoNot(String set) {
        int rows = 0;
        for (ObjectNode row : RealData.rows("bfcl", set + ".answers.jsonl.gz")) {
            JsonNode accepted = row.path("ground_truth");
            ArrayNode calls = JSON.createArrayNode();
            for (JsonNode one : accepted) {
                Map.Entry<String, JsonNode> call = one.properties().iterator().next();
                ObjectNode arguments = JSON.createObjectNode();
                call.getValue().properties().forEach(argument -> {
                    JsonNode first = argument.getValue().path(0);
                    if (!(first.isTextual() && first.asText().isEmpty())) {
                        arguments.set(argument.getKey(), plain(first));
                    }
                });
                calls.insertObject(0).put("name", call.getKey()).set("arguments", arguments);
            }
            assertThat(FunctionCallMatch.matches(accepted, calls.toString()))
                    .as(row.toString())
                    .isTrue();
            ((ObjectNode) calls.get(0)).put("name", "another.name");
            assertThat(FunctionCallMatch.matches(accepted, calls.toString())).isFalse();
            calls.remove(0);
            assertThat(FunctionCallMatch.matches(accepted, calls.toString())).isFalse();
            rows++;
        }
        assertThat(rows).isGreaterThanOrEqualTo(99);
    }

    /** An accepted object holds lists of accepted values: the first of each. */
    private static JsonNode plain(JsonNode value) {
        if (value.isArray()) {
            ArrayNode list = JSON.createArrayNode();
            value.forEach(item -> list.add(plain(item)));
            return list;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode object = JSON.createObjectNode();
        value.properties().forEach(field -> {
            JsonNode first = field.getValue().isArray() ? field.getValue().path(0) : field.getValue();
            if (!(first.isTextual() && first.asText().isEmpty())) {
                object.set(field.getKey(), plain(first));
            }
        });
        return object;
    }
}
