package org.rewardlab.workbench.memory;

import ai.djl.ndarray.NDScope;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what a thread makes outside of any scope comes into the collector's care: below all scopes of a thread
 * lies one that is never closed and hands its arrays over. Scopes that code opens itself work as ever.
 */
public final class ArrayScopes {

    private static final ArrayScopes INSTANCE = new ArrayScopes();

    private final ArrayCare care = ArrayCare.current();
    private final Pressure pressure = new Pressure(care, Pressure.standardLimit());
    private final TorchPatch patch = TorchPatch.apply();
    private final List<ThreadArrays> threads = new CopyOnWriteArrayList<>();

    private ArrayScopes() {
        if (patch.seesAllThreads()) {
            replace(ReplaceableScopes.STACK, null, new Stacks());
        }
    }

    /** Starts the care, once. */
    public static ArrayScopes start() {
        return INSTANCE;
    }

    /** What could not be done in this Java process, in a sentence; null where everything could. */
    public @Nullable String problem() {
        return patch.problem();
    }

    /** Whether any thread has made an array, so that DJL's engine is running. */
    boolean haveSeenArrays() {
        return !threads.isEmpty();
    }

    /** A cell begins on this thread. */
    public void beforeCell() {
        if (!patch.seesAllThreads() && threads.stream().noneMatch(ThreadArrays::isOfThisThread)) {
            openBelow();
        }
    }

    /** A cell has ended: whatever was made until now, on any thread, lives as long as something reaches it. */
    public void afterCell() {
        List<ThreadArrays> finished =
                threads.stream().filter(ThreadArrays::isOfDeadThread).toList();
        threads.forEach(ThreadArrays::flush);
        threads.removeAll(finished);
    }

    /** The native bytes of all arrays made outside of scopes that still live. */
    public long liveBytes() {
        return care.liveBytes()
                + threads.stream().mapToLong(ThreadArrays::pendingBytes).sum();
    }

    private void openBelow() {
        ThreadArrays arrays = new ThreadArrays(care, pressure, patch.ownsMemory() ? null : new LentBuffers());
        replace(ReplaceableScopes.ARRAYS, new NDScope(), arrays);
        threads.add(arrays);
    }

    @SuppressWarnings("NullAway") // a static field is set on null
    private static void replace(String name, @Nullable NDScope scope, Object value) {
        try {
            Field field = NDScope.class.getDeclaredField(name);
            field.setAccessible(true);
            field.set(scope, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("NDScope: expected a field " + name, e);
        }
    }

    /** Each thread's stack of scopes, with one of ours at the bottom. */
    private final class Stacks extends ThreadLocal<Deque<NDScope>> {
        @Override
        protected Deque<NDScope> initialValue() {
            Deque<NDScope> stack = new ArrayDeque<>(4);
            set(stack); // the new scope asks for it
            openBelow();
            return stack;
        }
    }
}
