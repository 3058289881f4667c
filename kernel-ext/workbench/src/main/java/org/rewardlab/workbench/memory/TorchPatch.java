package org.rewardlab.workbench.memory;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two classes of DJL are given changed bodies before they are loaded.
 *
 * <p>DJL's {@code manager.create(float[])}, {@code array.set(...)} and {@code x.mul(2f)} lend a Java buffer to PyTorch and
 * forget it when the array is closed or collected, although a view of it or the autograd graph may still read there. The
 * changed {@code JniUtils} copies the numbers into memory that PyTorch owns, and keeps its arguments reachable until the native call has
 * returned, so that the garbage collector may free arrays. In the changed {@code NDScope} a thread's stack of scopes can
 * be replaced, so that arrays of every thread are seen.
 */
public final class TorchPatch {

    private static final String JNI = "ai.djl.pytorch.jni.JniUtils";
    private static final String JNI_NEIGHBOUR = "ai.djl.pytorch.jni.PyTorchLibrary";
    private static final String SCOPE = "ai.djl.ndarray.NDScope";
    private static final String SCOPE_NEIGHBOUR = "ai.djl.ndarray.NDResource";

    private static final TorchPatch INSTANCE = new TorchPatch();

    private final @Nullable String scopesProblem;
    private final @Nullable String memoryProblem;

    private TorchPatch() {
        ClassLoader loader = TorchPatch.class.getClassLoader();
        scopesProblem = define(loader, SCOPE, SCOPE_NEIGHBOUR, (bytes, sees) -> ReplaceableScopes.rewrite(bytes));
        memoryProblem = define(loader, JNI, JNI_NEIGHBOUR, OwnedMemory::rewrite);
    }

    /** Changes the classes, once; later calls tell how it went. */
    public static TorchPatch apply() {
        return INSTANCE;
    }

    /** Whether arrays own their memory. */
    public boolean ownsMemory() {
        return memoryProblem == null;
    }

    /** Whether arrays of all threads are seen. */
    public boolean seesAllThreads() {
        return scopesProblem == null;
    }

    /** What could not be changed and why, in a sentence; null where all went well. */
    public @Nullable String problem() {
        return memoryProblem != null ? memoryProblem : scopesProblem;
    }

    private static @Nullable String define(
            ClassLoader loader, String name, String neighbour, BiFunction<byte[], Boolean, byte[]> rewrite) {
        try (InputStream original = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (original == null) {
                return name + " is not on the class path";
            }
            Class<?> host = Class.forName(neighbour, false, loader);
            MethodHandles.privateLookupIn(host, MethodHandles.lookup())
                    .defineClass(rewrite.apply(original.readAllBytes(), host.getClassLoader() == loader));
            return null;
        } catch (LinkageError e) {
            return name + " was loaded before RewardLab's workbench (" + e.getMessage() + ")";
        } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            return name + " could not be changed (" + e + ")";
        }
    }
}
