package org.rewardlab.workbench.memory;

import ai.djl.ndarray.NDArray;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The native bytes of the arrays that a value holds: itself, or within collections, maps, records and Java arrays. */
public final class TensorBytes {

    private static final int DEEPEST = 6;
    private static final int MOST = 20_000;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private long bytes;
    private int arrays;

    private TensorBytes() {}

    /** Looks through a value. */
    public static TensorBytes of(@Nullable Object value) {
        TensorBytes sum = new TensorBytes();
        sum.add(value, 0);
        return sum;
    }

    public long bytes() {
        return bytes;
    }

    /** How many arrays were found. */
    public int arrays() {
        return arrays;
    }

    private void add(@Nullable Object value, int depth) {
        if (value == null || depth > DEEPEST || seen.size() > MOST || !seen.add(value)) {
            return;
        }
        if (value instanceof NDArray array) {
            if (!array.isReleased()) {
                arrays++;
                bytes += ArrayCare.sizeOf(array);
            }
        } else if (value instanceof Collection<?> many) {
            many.forEach(each -> add(each, depth + 1));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> add(each, depth + 1));
        } else if (value instanceof Object[] many) {
            for (Object each : many) {
                add(each, depth + 1);
            }
        } else if (value instanceof Record) {
            addComponents(value, depth);
        }
    }

    private void addComponents(Object value, int depth) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                if (!component.getType().isPrimitive()) {
                    component.getAccessor().setAccessible(true);
                    add(component.getAccessor().invoke(value), depth + 1);
                }
            } catch (InvocationTargetException | IllegalAccessException | RuntimeException e) {
                // a component that cannot be read holds nothing that can be told
            }
        }
    }
}
