package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the numbers inside arrays, gathered and made at once at the public surface of a primitive.
 *
 * <p>On the CPU the numbers are read in place; on a GPU all checks of NaN and masks together cost one, each range one more. A trainer that made the
 * tensors itself skips them with {@link #trusting()}.
 *
 * <pre>{@code ValueCheck.of().mask("mask", mask).noNaN("logps", logps, mask).run();}</pre>
 */
public final class ValueCheck {

    private static final int BLOCK = 4096;
    private static final ThreadLocal<Integer> TRUST = ThreadLocal.withInitial(() -> 0);

    private static final Script DEFECTS = Script.of("""
            def defects(self, values: List[Tensor], counted: List[Tensor], masks: List[Tensor]) -> Tensor:
              found = annotate(List[Tensor], [])
              for i in range(len(values)):
                found.append(torch.any(torch.logical_and(torch.isnan(values[i]), torch.ne(counted[i], 0))))
              for i in range(len(masks)):
                found.append(torch.any(torch.logical_and(torch.ne(masks[i], 0), torch.ne(masks[i], 1))))
              return torch.to(torch.stack(found, 0), 4)
            """);

    private static final Script OUTSIDE = Script.of("""
            def outside(self, values: Tensor, low: float, high: float, open: bool) -> Tensor:
              if open:
                inside = torch.logical_and(torch.gt(values, low), torch.lt(values, high))
              else:
                inside = torch.logical_and(torch.ge(values, low), torch.le(values, high))
              return torch.any(torch.logical_not(inside))
            """);

    private record Subject(
            String name, NDArray array, @Nullable NDArray mask) {}

    private record Range(String name, NDArray array, double low, double high, boolean open, String expected) {
        boolean holds(double value) {
            return open ? value > low && value < high : value >= low && value <= high;
        }
    }

    private final List<Subject> values = new ArrayList<>(4);
    private final List<Subject> masks = new ArrayList<>(2);
    private final List<Range> ranges = new ArrayList<>(2);

    private ValueCheck() {}

    /** No checks yet. */
    public static ValueCheck of() {
        return new ValueCheck();
    }

    /** Until closed, checks of this thread pass without looking: for tensors that the library itself made. */
    public static AutoCloseable trusting() {
        TRUST.set(TRUST.get() + 1);
        return () -> TRUST.set(TRUST.get() - 1);
    }

    /** No NaN anywhere. */
    public ValueCheck noNaN(String name, NDArray array) {
        values.add(new Subject(name, array, null));
        return this;
    }

    /** No NaN where the mask, of the same shape, is not 0. */
    public ValueCheck noNaN(String name, NDArray array, NDArray mask) {
        values.add(new Subject(name, array, mask));
        return this;
    }

    /** Neither NaN nor infinity. */
    public ValueCheck finite(String name, NDArray array) {
        ranges.add(new Range(name, array, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true, "finite numbers"));
        return this;
    }

    /** Numbers in [low, high]. */
    public ValueCheck within(String name, NDArray array, double low, double high) {
        ranges.add(new Range(name, array, low, high, false, "numbers in [" + low + ", " + high + "]"));
        return this;
    }

    /** Finite numbers below a bound. */
    public ValueCheck below(String name, NDArray array, double bound) {
        ranges.add(new Range(name, array, Double.NEGATIVE_INFINITY, bound, true, "finite numbers below " + bound));
        return this;
    }

    /** Nothing but 0 and 1. */
    public ValueCheck mask(String name, NDArray mask) {
        if (mask.getDataType() != DataType.BOOLEAN) {
            masks.add(new Subject(name, mask, null));
        }
        return this;
    }

    /** Makes the checks. */
    public void run() {
        if (TRUST.get() > 0) {
            return;
        }
        if (values.stream().anyMatch(s -> s.array.getDevice().isGpu())
                || masks.stream().anyMatch(s -> s.array.getDevice().isGpu())
                || ranges.stream().anyMatch(r -> r.array.getDevice().isGpu())) {
            runOnDevice();
        } else {
            masks.forEach(ValueCheck::checkMask);
            values.forEach(ValueCheck::checkValues);
            ranges.forEach(ValueCheck::checkRange);
        }
    }

    private static void checkRange(Range range) {
        double[] numbers = Tensors.toDoubles(range.array);
        for (int i = 0; i < numbers.length; i++) {
            if (!range.holds(numbers[i])) {
                throw Check.failure(range.name, range.expected, numbers[i] + " at flat index " + i);
            }
        }
    }

    private static void checkMask(Subject subject) {
        if (everyBlock(subject.array, ValueCheck::onlyZerosAndOnes)) {
            return;
        }
        for (double value : Tensors.toDoubles(subject.array)) {
            if (value != 0 && value != 1) {
                throw maskFailure(subject, value);
            }
        }
    }

    private static void checkValues(Subject subject) {
        if (everyBlock(subject.array, ValueCheck::holdsNoNaN)) {
            return;
        }
        double[] numbers = Tensors.toDoubles(subject.array);
        double @Nullable [] mask = subject.mask == null ? null : Tensors.toDoubles(subject.mask);
        for (int i = 0; i < numbers.length; i++) {
            if (Double.isNaN(numbers[i]) && (mask == null || mask[i] != 0)) {
                throw Check.failure(subject.name, "numbers", "NaN at flat index " + i);
            }
        }
    }

    private interface Block {
        boolean holds(double[] numbers, int count);
    }

    /** Whether something holds of every few thousand numbers of an array, each read into the cache. */
    private static boolean everyBlock(NDArray array, Block block) {
        try (Numbers numbers = Numbers.of(array)) {
            double[] some = new double[Math.min(BLOCK, numbers.size())];
            for (int from = 0; from < numbers.size(); from += BLOCK) {
                int count = Math.min(BLOCK, numbers.size() - from);
                numbers.read(from, some, count);
                if (!block.holds(some, count)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@code x (1 - x)} is 0 for 0 and 1 alone: one pass without branches. */
    private static boolean onlyZerosAndOnes(double[] numbers, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i < count - 3; i += 4) {
            a += Math.abs(numbers[i] * (1 - numbers[i]));
            b += Math.abs(numbers[i + 1] * (1 - numbers[i + 1]));
            c += Math.abs(numbers[i + 2] * (1 - numbers[i + 2]));
            d += Math.abs(numbers[i + 3] * (1 - numbers[i + 3]));
        }
        for (; i < count; i++) {
            a += Math.abs(numbers[i] * (1 - numbers[i]));
        }
        return a + b + c + d == 0;
    }

    /** NaN is contagious: one cheap pass over four independent sums rules it out, a second one tells where. */
    private static boolean holdsNoNaN(double[] numbers, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i < count - 3; i += 4) {
            a += numbers[i];
            b += numbers[i + 1];
            c += numbers[i + 2];
            d += numbers[i + 3];
        }
        for (; i < count; i++) {
            a += numbers[i];
        }
        return !Double.isNaN(a + b + c + d);
    }

    private static IllegalArgumentException maskFailure(Subject subject, Object got) {
        return Check.failure(subject.name, "nothing but 0 and 1", got);
    }

    private void runOnDevice() {
        for (Range range : ranges) {
            try (NDArray outside = OUTSIDE.call(range.array, range.low, range.high, range.open)) {
                if (outside.getBoolean()) {
                    throw Check.failure(range.name, range.expected, "another number");
                }
            }
        }
        try (Scope scope = Scope.open()) {
            NDArray[] arrays = values.stream().map(Subject::array).toArray(NDArray[]::new);
            NDArray[] counted = values.stream()
                    .map(s -> s.mask == null ? s.array.onesLike() : s.mask)
                    .toArray(NDArray[]::new);
            NDArray[] flags = masks.stream().map(Subject::array).toArray(NDArray[]::new);
            if (arrays.length + flags.length == 0) {
                return;
            }
            long[] defects = DEFECTS.call(arrays, counted, flags).toLongArray();
            for (int i = 0; i < defects.length; i++) {
                if (defects[i] != 0 && i < arrays.length) {
                    throw Check.failure(values.get(i).name, "numbers", "NaN");
                } else if (defects[i] != 0) {
                    throw maskFailure(masks.get(i - arrays.length), "another value");
                }
            }
        }
    }
}
