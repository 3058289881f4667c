package org.rewardlab.kernel.eval;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About how many bytes a value holds: arrays, texts and collections by their elements, others by a guess. */
public final class RoughSize {

    private static final int SAMPLE = 1_000;
    private static final int DEPTH = 4;
    private static final long OBJECT = 24;

    private RoughSize() {}

    /** An estimate that looks at a thousand elements at most on each level, and allocates next to nothing. */
    public static long of(@Nullable Object value) {
        return of(value, 0);
    }

    private static long of(@Nullable Object value, int depth) {
        if (value == null) {
            return 0;
        }
        if (value.getClass().isArray()) {
            return ofArray(value, depth);
        }
        if (value instanceof CharSequence text) {
            return OBJECT + text.length();
        }
        if (depth > DEPTH || !value.getClass().getName().startsWith("java.util.")) {
            return OBJECT;
        }
        if (value instanceof Collection<?> elements) {
            return ofAll(elements, elements.size(), depth);
        }
        return value instanceof Map<?, ?> map
                ? ofAll(map.keySet(), map.size(), depth) + ofAll(map.values(), map.size(), depth)
                : OBJECT;
    }

    private static long ofArray(Object array, int depth) {
        int length = Array.getLength(array);
        if (!(array instanceof Object[] elements)) {
            return OBJECT + (long) length * width(array);
        }
        long sum = 0;
        int seen = 0;
        for (int i = 0; i < length && seen < SAMPLE && depth <= DEPTH; i += Math.max(1, length / SAMPLE)) {
            sum += of(elements[i], depth + 1);
            seen++;
        }
        return OBJECT + 4L * length + (seen == 0 ? 0 : sum * length / seen);
    }

    private static long ofAll(Collection<?> elements, int size, int depth) {
        long sum = 0;
        int seen = 0;
        for (Object element : elements) {
            if (seen == SAMPLE) {
                break;
            }
            sum += of(element, depth + 1);
            seen++;
        }
        return OBJECT + 8L * size + (seen == 0 ? 0 : sum * size / seen);
    }

    private static int width(Object array) {
        if (array instanceof long[] || array instanceof double[]) {
            return Long.BYTES;
        }
        if (array instanceof int[] || array instanceof float[]) {
            return Integer.BYTES;
        }
        return array instanceof short[] || array instanceof char[] ? Short.BYTES : 1;
    }
}
