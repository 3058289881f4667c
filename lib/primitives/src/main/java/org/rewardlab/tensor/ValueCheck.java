package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the numbers inside arrays, gathered and made at once at the public surface of a primitive.
 *
 * <p>On the CPU the numbers are read in place; on a GPU all checks of NaN and masks together cost one read, each range
 * one more. The arrays of one check live on one device. A trainer that made the tensors itself skips checks with
 * {@link #trusting()}.
 *
 * <pre>{@code ValueCheck.of().mask("mask", mask).noNaN("logps", logps, mask).run();}</pre>
 *
 * <pre>{@code
 * var mask = nd.create(new float[] {1, 0.5f});
 * ValueCheck.of().mask("mask", mask).run()
 * // => IllegalArgumentException: mask: expected nothing but 0 and 1, got 0.5
 * var logps = nd.create(new float[] {-1, Float.NaN});
 * ValueCheck.of().noNaN("logps", logps, nd.create(new float[] {1, 0})).run();    // not counted
 * ValueCheck.of().noNaN("logps", logps).run()
 * // => IllegalArgumentException: logps: expected numbers, got NaN at flat index 1
 * }</pre>
 */
public final class ValueCheck {

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
        boolean isFinite() {
            return low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY && open;
        }

        boolean holds(double value) {
            return open ? value > low && value < high : value >= low && value <= high;
        }
    }

    private final List<Subject> values = new ArrayList<>(4);
    private final List<Subject> masks = new ArrayList<>(2);
    private final List<Range> ranges = new ArrayList<>(2);
    private final List<Subject> finite = new ArrayList<>(2);

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

    /** Neither NaN nor infinity where the mask, of the same shape, is not 0. */
    public ValueCheck finite(String name, NDArray array, NDArray mask) {
        finite.add(new Subject(name, array, mask));
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
        runAndSeeFinite();
    }

    /**
     * Makes the checks, and says whether every number of every array was seen to be finite, outside masks too; {@code
     * false} also where nobody looked.
     */
    public boolean runAndSeeFinite() {
        if (TRUST.get() > 0) {
            return false;
        }
        finite.forEach(ValueCheck::checkFinite);
        if (onDevice()) {
            runOnDevice();
            return false;
        }
        masks.forEach(ValueCheck::checkMask);
        boolean finite = true;
        for (Subject subject : values) {
            if (!NativeScan.isFinite(subject.array)) {
                finite = false;
                checkValues(subject);
            }
        }
        ranges.forEach(ValueCheck::checkRange);
        return finite;
    }

    private boolean onDevice() {
        return (!masks.isEmpty() && masks.get(0).array.getDevice().isGpu())
                || (!values.isEmpty() && values.get(0).array.getDevice().isGpu())
                || (!ranges.isEmpty() && ranges.get(0).array.getDevice().isGpu());
    }

    private static void checkRange(Range range) {
        if (range.isFinite() && NativeScan.isFinite(range.array)) {
            return;
        }
        double[] numbers = Tensors.toDoubles(range.array);
        for (int i = 0; i < numbers.length; i++) {
            if (!range.holds(numbers[i])) {
                throw Check.failure(range.name, range.expected, numbers[i] + " at flat index " + i);
            }
        }
    }

    private static void checkMask(Subject subject) {
        if (NativeScan.ones(subject.array) != NativeScan.UNKNOWN) {
            return;
        }
        for (double value : Tensors.toDoubles(subject.array)) {
            if (value != 0 && value != 1) {
                throw maskFailure(subject, value);
            }
        }
    }

    private static void checkValues(Subject subject) {
        if (NativeScan.hasNoNaN(subject.array)) {
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

    private static void checkFinite(Subject subject) {
        if (!subject.array.getDevice().isGpu() && NativeScan.isFinite(subject.array)) {
            return;
        }
        double[] numbers = Tensors.toDoubles(subject.array);
        double @Nullable [] mask = subject.mask == null ? null : Tensors.toDoubles(subject.mask);
        for (int i = 0; i < numbers.length; i++) {
            if (!Double.isFinite(numbers[i]) && (mask == null || mask[i] != 0)) {
                throw Check.failure(subject.name, "finite numbers", numbers[i] + " at flat index " + i);
            }
        }
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
