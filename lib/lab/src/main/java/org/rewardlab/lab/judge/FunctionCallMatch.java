package org.rewardlab.lab.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether tool calls are the right ones, where several values of an argument may be right. Patil et al., Berkeley Function-Calling Leaderboard:
 * the check of syntax trees.
 *
 * <p>The right answer is a list of {@code {function: {argument: [accepted values]}}}; an empty text among the accepted values means that the
 * argument may be left out. Texts compare without case, blanks and {@code ,./-_*^}; numbers by value; truth values only with truth values; lists and objects
 * element by element. With several calls the order does not matter. An empty list asks that nothing be called.
 */
public final class FunctionCallMatch {

    private FunctionCallMatch() {}

    /** Whether a completion makes exactly the right calls; unreadable calls are wrong. */
    public static boolean matches(JsonNode accepted, String completion) {
        List<FunctionCall> calls = FunctionCall.parse(completion);
        return calls != null && matches(accepted, calls);
    }

    /** Whether these are exactly the right calls. */
    public static boolean matches(JsonNode accepted, List<FunctionCall> calls) {
        if (!accepted.isArray() || accepted.size() != calls.size()) {
            return false;
        }
        return assign(accepted, 0, new ArrayList<>(calls));
    }

    private static boolean assign(JsonNode accepted, int next, List<FunctionCall> left) {
        if (next == accepted.size()) {
            return left.isEmpty();
        }
        for (int i = 0; i < left.size(); i++) {
            if (one(accepted.get(next), left.get(i))) {
                FunctionCall taken = left.remove(i);
                if (assign(accepted, next + 1, left)) {
                    return true;
                }
                left.add(i, taken);
            }
        }
        return false;
    }

    private static boolean one(JsonNode accepted, FunctionCall call) {
        JsonNode values = accepted.get(call.name());
        if (accepted.size() != 1 || values == null) {
            return false;
        }
        for (Map.Entry<String, JsonNode> argument : values.properties()) {
            JsonNode given = call.arguments().get(argument.getKey());
            if (given == null ? !mayBeAbsent(argument.getValue()) : !among(argument.getValue(), given)) {
                return false;
            }
        }
        for (Iterator<String> names = call.arguments().fieldNames(); names.hasNext(); ) {
            if (!values.has(names.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayBeAbsent(JsonNode accepted) {
        for (JsonNode value : accepted) {
            if (value.isTextual() && value.asText().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean among(JsonNode accepted, JsonNode given) {
        for (JsonNode value : accepted) {
            if (equal(value, given)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(JsonNode right, @Nullable JsonNode given) {
        if (given == null) {
            return false;
        }
        if (right.isNumber() && given.isNumber()) {
            return right.decimalValue().compareTo(given.decimalValue()) == 0;
        }
        if (right.isTextual() && given.isTextual()) {
            return plain(right.asText()).equals(plain(given.asText()));
        }
        if (right.isArray() && given.isArray()) {
            if (right.size() != given.size()) {
                return false;
            }
            for (int i = 0; i < right.size(); i++) {
                if (!equal(right.get(i), given.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (right.isObject() && given.isObject()) {
            return objects(right, given);
        }
        return right.equals(given);
    }

    /** An object among the accepted values holds lists of accepted values itself. */
    private static boolean objects(JsonNode right, JsonNode given) {
        for (Map.Entry<String, JsonNode> field : right.properties()) {
            JsonNode value = given.get(field.getKey());
            boolean several = field.getValue().isArray();
            if (value == null) {
                if (!several || !mayBeAbsent(field.getValue())) {
                    return false;
                }
            } else if (!(several && among(field.getValue(), value)) && !equal(field.getValue(), value)) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            if (!right.has(field.getKey())) {
                return false;
            }
        }
        return true;
    }

    private static String plain(String text) {
        return text.replaceAll("[ ,./\\-_*^]", "").replace('\'', '"').toLowerCase(Locale.ROOT);
    }
}
