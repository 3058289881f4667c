package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What a primitive may be given: every failure names the argument, what was expected and what came.
 *
 * <p>Shapes and hyperparameters are always checked. Numbers inside arrays are checked by {@link ValueCheck}.
 *
 * <pre>{@code
 * Check.positive("beta", 0.1)
 * // => 0.1
 * Check.positive("beta", -0.1)
 * // => IllegalArgumentException: beta: expected a finite number above 0, got -0.1
 * Check.matrix("mask", nd.create(new float[] {1, 1}))
 * // => IllegalArgumentException: mask: expected an array of rank 2, got shape (2)
 * }</pre>
 */
public final class Check {

    private Check() {}

    /** The exception that every check throws: {@code name: expected ..., got ...}. */
    public static IllegalArgumentException failure(String name, String expected, @Nullable Object got) {
        return new IllegalArgumentException(name + ": expected " + expected + ", got " + got);
    }

    /** The constant of an enumeration whose label, as {@code toString} gives it, is that text. */
    public static <E extends Enum<E>> E labelled(String name, E[] all, String label) {
        for (E each : all) {
            if (each.toString().equals(label)) {
                return each;
            }
        }
        throw failure(name, "one of " + Arrays.toString(all), label);
    }

    /** A finite number above 0. */
    public static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw failure(name, "a finite number above 0", value);
        }
        return value;
    }

    /** A finite number of at least 0. */
    public static double notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw failure(name, "a finite number of at least 0", value);
        }
        return value;
    }

    /** A finite number. */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw failure(name, "a finite number", value);
        }
        return value;
    }

    /** A number in [low, high]. */
    public static double within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw failure(name, "a number in [" + low + ", " + high + "]", value);
        }
        return value;
    }

    /** A number in [low, high). */
    public static double withinHalfOpen(String name, double value, double low, double high) {
        if (!(value >= low && value < high)) {
            throw failure(name, "a number in [" + low + ", " + high + ")", value);
        }
        return value;
    }

    /** A number in (low, high). */
    public static double strictlyWithin(String name, double value, double low, double high) {
        if (!(value > low && value < high)) {
            throw failure(name, "a number in (" + low + ", " + high + ")", value);
        }
        return value;
    }

    /** A whole number of at least {@code low}. */
    public static long atLeast(String name, long value, long low) {
        if (value < low) {
            throw failure(name, "a whole number of at least " + low, value);
        }
        return value;
    }

    /** An array that must be there for what it is used for. */
    public static NDArray present(String name, @Nullable NDArray array, String neededBy) {
        if (array == null) {
            throw failure(name, "an array, needed by " + neededBy, "none");
        }
        return array;
    }

    /** An array of a given rank with at least one element in its first dimension. */
    public static NDArray rank(String name, NDArray array, int rank) {
        Shape shape = array.getShape();
        if (shape.dimension() != rank) {
            throw failure(name, "an array of rank " + rank, "shape " + shape);
        }
        return notEmpty(name, array);
    }

    /** A vector (B) with B of at least 1. */
    public static NDArray vector(String name, NDArray array) {
        return rank(name, array, 1);
    }

    /** A matrix (B,T) with B of at least 1. */
    public static NDArray matrix(String name, NDArray array) {
        return rank(name, array, 2);
    }

    /** An array with at least one element in its first dimension. */
    public static NDArray notEmpty(String name, NDArray array) {
        Shape shape = array.getShape();
        if (shape.dimension() > 0 && shape.get(0) == 0) {
            throw failure(name, "at least one row", "shape " + shape);
        }
        return array;
    }

    /** An array of floating-point numbers. */
    public static NDArray floating(String name, NDArray array) {
        if (!array.getDataType().isFloating()) {
            throw failure(name, "floating-point numbers", array.getDataType());
        }
        return array;
    }

    /** Two arrays of one shape. */
    public static void sameShape(String name, NDArray array, String otherName, NDArray other) {
        if (!array.getShape().equals(other.getShape())) {
            throw failure(name, "the shape of " + otherName + " " + other.getShape(), "shape " + array.getShape());
        }
    }

    /** An array of a given shape. */
    public static void shape(String name, NDArray array, long... expected) {
        if (!Arrays.equals(array.getShape().getShape(), expected)) {
            throw failure(name, "shape " + new Shape(expected), "shape " + array.getShape());
        }
    }

    /** One of a set of names; the message lists them. */
    public static <T> T oneOf(String name, T value, Collection<T> valid) {
        if (!valid.contains(value)) {
            throw failure(name, "one of " + valid, value);
        }
        return value;
    }
}
