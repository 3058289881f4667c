package org.rewardlab.lab.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.judge.FunctionCall;
import org.rewardlab.tensor.Check;

/**
 * Requests that are to be answered with tool calls, and the schemas of the tools. After the toy world of Qian et al. 2025 (ToolRL).
 *
 * <p>Each tool has two whole numbers a and b as parameters. Columns of a prompt: {@code calls}, the right calls as JSON, and {@code accepted},
 * the same as the accepted values that {@link org.rewardlab.lab.judge.FunctionCallMatch} reads.
 *
 * @param tools how many, 1 to 6
 * @param values arguments are drawn from 0 to values-1, at least 1
 * @param callsPerRequest how many calls a request asks for, at least 1
 */
public record ToolTask(int tools, int values, int callsPerRequest) implements PromptSource {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> NAMES = List.of("add", "subtract", "multiply", "divide", "power", "compare");

    public ToolTask {
        Check.within("tools", tools, 1, NAMES.size());
        Check.atLeast("values", values, 1);
        Check.atLeast("callsPerRequest", callsPerRequest, 1);
    }

    /** Six tools, values 0 to 3, two calls a request. */
    public ToolTask() {
        this(6, 4, 2);
    }

    /** The names of the tools. */
    public List<String> names() {
        return NAMES.subList(0, tools);
    }

    /** The tools as JSON schemas, as chat templates and endpoints take them. */
    public ArrayNode schemas() {
        ArrayNode schemas = JSON.createArrayNode();
        for (String name : names()) {
            ObjectNode function = schemas.addObject().put("type", "function").putObject("function");
            function.put("name", name).put("description", "Apply " + name + " to a and b.");
            ObjectNode parameters = function.putObject("parameters").put("type", "object");
            ObjectNode properties = parameters.putObject("properties");
            for (String parameter : List.of("a", "b")) {
                properties
                        .putObject(parameter)
                        .put("type", "integer")
                        .put("minimum", 0)
                        .put("maximum", values - 1);
            }
            parameters.putArray("required").add("a").add("b");
            parameters.put("additionalProperties", false);
        }
        return schemas;
    }

    /** Whether a call names one of the tools and its arguments are those of the schema. */
    public boolean isValid(FunctionCall call) {
        if (!names().contains(call.name()) || call.arguments().size() != 2) {
            return false;
        }
        for (String parameter : List.of("a", "b")) {
            JsonNode value = call.arguments().path(parameter);
            if (!value.isInt() || value.intValue() < 0 || value.intValue() >= values) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<Prompt> draw(int count, RandomGenerator random) {
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ArrayNode calls = JSON.createArrayNode();
            ArrayNode accepted = JSON.createArrayNode();
            List<String> wishes = new ArrayList<>();
            for (int k = 0; k < callsPerRequest; k++) {
                String name = NAMES.get(random.nextInt(tools));
                int a = random.nextInt(values);
                int b = random.nextInt(values);
                calls.addObject()
                        .put("name", name)
                        .putObject("arguments")
                        .put("a", a)
                        .put("b", b);
                ObjectNode values = accepted.addObject().putObject(name);
                values.putArray("a").add(a);
                values.putArray("b").add(b);
                wishes.add(name + " " + a + " and " + b);
            }
            prompts.add(new Prompt(
                    "Please " + String.join(", then ", wishes) + ".",
                    Map.of("calls", calls.toString(), "accepted", accepted.toString())));
        }
        return prompts;
    }
}
