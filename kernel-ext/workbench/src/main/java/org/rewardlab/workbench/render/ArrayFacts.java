package org.rewardlab.workbench.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What is said of an array in a line: type, shape, device, and the range of its numbers, computed where they are. */
final class ArrayFacts {

    private ArrayFacts() {}

    /** Such as {@code float32 (4, 3)}. */
    static String kind(NDArray array) {
        return array.getDataType().name().toLowerCase(Locale.ROOT) + " " + shape(array.getShape());
    }

    /** Such as {@code (4, 3)}, {@code (5,)} for a vector, {@code ()} for a single number. */
    static String shape(Shape shape) {
        long[] sizes = shape.getShape();
        String joined = LongStream.of(sizes).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ""));
        return joined + (sizes.length == 1 ? ",)" : ")");
    }

    /** Type, shape, device unless it is the CPU, and whether gradients are gathered. */
    static String line(NDArray array) {
        List<String> facts = new ArrayList<>(List.of(kind(array)));
        if (array.getDataType() == DataType.STRING) {
            return facts.get(0); // it has no native part, so that nothing else may be asked of it
        }
        if (array.getDevice().isGpu()) {
            facts.add(array.getDevice().toString());
        }
        if (array.hasGradient()) {
            facts.add("gradient");
        }
        return String.join(" · ", facts);
    }

    /** The range of the numbers: {@code min −1.2 · mean 0.1 · max 3}; empty for a single number and for none. */
    static String range(NDArray array) {
        DataType type = array.getDataType();
        long size = array.size();
        if (size < 2 || isUnreadable(type)) {
            return "";
        }
        if (type == DataType.BOOLEAN) {
            return Math.round(one(array.sum())) + " of " + size + " true";
        }
        NDArray numbers = type == DataType.FLOAT16 ? array.toType(DataType.FLOAT32, false) : array;
        double mean = type.isFloating() ? one(numbers.mean()) : one(numbers.sum()) / size;
        if (Double.isNaN(mean)) {
            double missing = one(numbers.isNaN().sum());
            return missing > 0 ? number(missing) + " NaN of " + size : "both ∞ and −∞";
        }
        return "min " + number(one(numbers.min())) + " · mean " + number(mean) + " · max " + number(one(numbers.max()));
    }

    /** Types whose numbers this DJL cannot hand over. */
    static boolean isUnreadable(DataType type) {
        return type == DataType.STRING
                || type == DataType.COMPLEX64
                || type == DataType.BFLOAT16
                || type == DataType.UNKNOWN;
    }

    private static double one(NDArray scalar) {
        return ArrayReading.numbers(scalar)[0];
    }

    static String number(double value) {
        return NumberFormatting.minus(NumberFormatting.shortest(value)).replace("Infinity", "∞");
    }
}
