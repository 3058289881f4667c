package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * One golden case as an adapter reads it, at one precision: inputs become arrays, those to be differentiated leaves.
 */
final class Case {

    private final JsonNode json;
    private final NDManager manager;
    private final DataType type;
    private final Map<String, NDArray> arrays = new HashMap<>();
    private final Map<String, List<NDArray>> lists = new HashMap<>();
    private final List<NDArray> own = new ArrayList<>();

    Case(JsonNode json, NDManager manager, DataType type) {
        this.json = json;
        this.manager = manager;
        this.type = type;
    }

    NDManager manager() {
        return manager;
    }

    DataType type() {
        return type;
    }

    boolean has(String input) {
        return !absent(input(input));
    }

    /** An input as it stands in the file. */
    JsonNode input(String name) {
        return json.path("inputs").path(name);
    }

    JsonNode param(String name) {
        return json.path("params").path(name);
    }

    /** A floating-point array of the case's precision; a leaf if its gradient is asked for. */
    NDArray array(String name) {
        return arrays.computeIfAbsent(name, key -> {
            NDArray array = toArray(required(key), type);
            if (wants(key)) {
                array.setRequiresGradient(true);
            }
            return array;
        });
    }

    @Nullable
    NDArray arrayOrNull(String name) {
        return has(name) ? array(name) : null;
    }

    /** An int64 array. */
    NDArray integers(String name) {
        ids(name, required(name));
        return toArray(required(name), DataType.INT64);
    }

    /** A list of arrays of any lengths; leaves if their gradients are asked for. */
    List<NDArray> arrays(String name) {
        return lists.computeIfAbsent(name, key -> {
            List<NDArray> list = new ArrayList<>();
            for (JsonNode element : required(key)) {
                NDArray array = toArray(element, type);
                if (wants(key)) {
                    array.setRequiresGradient(true);
                }
                list.add(array);
            }
            return list;
        });
    }

    /** Numbers in row-major order. */
    double[] numbers(String name) {
        List<Double> flat = new ArrayList<>();
        flatten(required(name), flat);
        return flat.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The numbers of an input that is a plain list. */
    double[] vector(String name) {
        for (JsonNode element : required(name)) {
            if (element.isArray()) {
                throw Check.failure(name, "a list of numbers", element);
            }
        }
        return numbers(name);
    }

    double inputNumber(String name) {
        return number(required(name));
    }

    double number(String name, double fallback) {
        JsonNode node = param(name);
        return absent(node) ? fallback : number(node);
    }

    /** A parameter without default: absent is the caller's mistake. */
    double number(String name) {
        JsonNode node = param(name);
        if (absent(node)) {
            throw new IllegalArgumentException(name + ": expected a number, got none");
        }
        return number(node);
    }

    int whole(String name, int fallback) {
        return whole(name, number(name, fallback));
    }

    /** A parameter without default: absent is the caller's mistake. */
    int whole(String name) {
        return whole(name, number(name));
    }

    static int whole(String name, double number) {
        long whole = wholeLong(name, number);
        if (whole != (int) whole) {
            throw Check.failure(name, "a whole number", number);
        }
        return (int) whole;
    }

    static long wholeLong(String name, double number) {
        if (number != Math.rint(number) || Double.isInfinite(number)) {
            throw Check.failure(name, "a whole number", number);
        }
        return (long) number;
    }

    /** A whole number of any size, as it stands in the file. */
    static long wholeLong(String name, JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : wholeLong(name, number(node));
    }

    /** The whole numbers of a list, or the one that stands alone. */
    static long[] ids(String name, JsonNode node) {
        if (!node.isArray()) {
            return new long[] {wholeLong(name, node)};
        }
        List<Long> flat = new ArrayList<>();
        for (JsonNode element : node) {
            for (long id : ids(name, element)) {
                flat.add(id);
            }
        }
        return flat.stream().mapToLong(Long::longValue).toArray();
    }

    /** A parameter that is off when null; the fallback holds when it is absent. */
    @Nullable
    Double numberOrNull(String name, @Nullable Double fallback) {
        JsonNode node = param(name);
        if (node.isMissingNode()) {
            return fallback;
        }
        return node.isNull() ? null : number(node);
    }

    boolean flag(String name, boolean fallback) {
        JsonNode node = param(name);
        return absent(node) ? fallback : node.asBoolean();
    }

    String text(String name, String fallback) {
        JsonNode node = param(name);
        return absent(node) ? fallback : node.asText();
    }

    /** A parameter without default: absent is the caller's mistake. */
    String text(String name) {
        JsonNode node = param(name);
        if (absent(node)) {
            throw new IllegalArgumentException(name + ": expected a name, got none");
        }
        return node.asText();
    }

    /** An array that the adapter makes, and not the primitive. */
    NDArray own(NDArray array) {
        own.add(array);
        return array;
    }

    /** The same rollouts, every so many rows the answers to one prompt. */
    Rollouts inGroups(Rollouts rollouts, String size, double fallback) {
        Rollouts grouped = rollouts.withGroupsOf(whole(size, number(size, fallback)));
        own(Objects.requireNonNull(grouped.groups()));
        return grouped;
    }

    /** All inputs that were made so far. */
    List<NDArray> arrays() {
        return own;
    }

    boolean wants(String input) {
        return json.path("outputs").has("grad_" + input);
    }

    boolean wantsGradients() {
        for (String key : (Iterable<String>) () -> json.path("outputs").fieldNames()) {
            if (key.startsWith("grad_")) {
                return true;
            }
        }
        return false;
    }

    NDArray leaf(String input) {
        return array(input);
    }

    @Nullable
    List<NDArray> leaves(String input) {
        return lists.get(input);
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private JsonNode required(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException(name + ": expected an input of that name, got none");
        }
        return input(name);
    }

    private NDArray toArray(JsonNode node, DataType wanted) {
        List<Double> flat = new ArrayList<>();
        flatten(node, flat);
        List<Long> shape = new ArrayList<>();
        for (JsonNode level = node; level.isArray(); level = level.get(0)) {
            shape.add((long) level.size());
            if (level.isEmpty()) {
                break;
            }
        }
        return own(Tensors.create(
                manager,
                flat.stream().mapToDouble(Double::doubleValue).toArray(),
                wanted,
                shape.stream().mapToLong(Long::longValue).toArray()));
    }

    static void flatten(JsonNode node, List<Double> into) {
        if (node.isArray()) {
            node.forEach(element -> flatten(element, into));
        } else {
            into.add(number(node));
        }
    }

    static double number(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? 1 : 0;
        }
        return switch (node.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException("number: expected a number, got " + node);
        };
    }
}
