package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalDouble;
import org.rewardlab.tensor.Tensors;

/** Whether an output is the expected one: same shape, and numbers within {@code tolerance * max(1, |expected|)}. */
final class Agreement {

    private final double tolerance;

    Agreement(double tolerance) {
        this.tolerance = tolerance;
    }

    void check(String name, JsonNode expected, Object actual) {
        if (actual instanceof NDArray array) {
            checkArray(name, expected, array);
        } else if (actual instanceof OptionalDouble optional) {
            checkNumber(name, expected, optional.isPresent() ? optional.getAsDouble() : Double.NaN);
        } else if (expected.isNull()) {
            fail(name, "null", actual);
        } else if (actual instanceof Map<?, ?> map) {
            checkMap(name, expected, map);
        } else if (actual instanceof Collection<?> list) {
            checkList(name, expected, list.iterator(), list.size());
        } else if (actual.getClass().isArray()) {
            checkJavaArray(name, expected, actual);
        } else if (actual instanceof Boolean truth) {
            if (truth != (expected.isBoolean() ? expected.booleanValue() : Case.number(expected) != 0)) {
                fail(name, expected, truth);
            }
        } else if (actual instanceof Number number) {
            checkNumber(name, expected, number.doubleValue());
        } else if (!actual.toString().equals(expected.asText())) {
            fail(name, expected, actual);
        }
    }

    private void checkArray(String name, JsonNode expected, NDArray array) {
        int level = 0;
        JsonNode node = expected;
        for (; node.isArray(); node = node.get(0), level++) {
            if (level >= array.getShape().dimension() || array.getShape().get(level) != node.size()) {
                fail(name + ": shape", expected, array.getShape());
            }
            if (node.isEmpty()) {
                return;
            }
        }
        if (level != array.getShape().dimension()) {
            fail(name + ": shape", "rank " + level, array.getShape());
        }
        java.util.List<Double> numbers = new java.util.ArrayList<>();
        Case.flatten(expected, numbers);
        double[] actual = Tensors.toDoubles(array);
        for (int i = 0; i < actual.length; i++) {
            checkNumber(name + "[" + i + "]", numbers.get(i), actual[i]);
        }
    }

    private void checkJavaArray(String name, JsonNode expected, Object array) {
        int length = Array.getLength(array);
        if (!expected.isArray() || expected.size() != length) {
            fail(name, expected, "an array of length " + length);
        }
        for (int i = 0; i < length; i++) {
            check(name + "[" + i + "]", expected.get(i), Array.get(array, i));
        }
    }

    private void checkList(String name, JsonNode expected, Iterator<?> actual, int size) {
        if (!expected.isArray() || expected.size() != size) {
            fail(name, expected, "a list of length " + size);
        }
        for (int i = 0; actual.hasNext(); i++) {
            check(name + "[" + i + "]", expected.get(i), actual.next());
        }
    }

    private void checkMap(String name, JsonNode expected, Map<?, ?> actual) {
        if (expected.size() != actual.size()) {
            fail(name, expected, actual);
        }
        actual.forEach((key, value) -> {
            if (!expected.has(key.toString())) {
                fail(name, expected, actual);
            }
            check(name + "." + key, expected.get(key.toString()), value);
        });
    }

    private void checkNumber(String name, JsonNode expected, double actual) {
        checkNumber(name, expected.isNull() ? Double.NaN : Case.number(expected), actual);
    }

    private void checkNumber(String name, double expected, double actual) {
        boolean same = !Double.isFinite(expected)
                ? Double.compare(expected, actual) == 0
                : Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
        if (!same) {
            fail(name, expected, actual);
        }
    }

    private static void fail(String name, Object expected, Object actual) {
        throw new AssertionError(name + ": expected " + expected + ", got " + actual);
    }
}
