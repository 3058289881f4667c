package org.rewardlab.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The few native calls of DJL's PyTorch engine that its public API does not offer, each behind a plain method.
 *
 * <p>DJL boxes every script argument in objects that are tracked and closed one by one, and runs a script either in
 * inference mode or through argument names with meanings. Here arguments are numbers that name native values, freed
 * right after the call.
 */
final class Torch {

    private static final MethodHandle FROM_TENSOR;
    private static final MethodHandle FROM_DOUBLE;
    private static final MethodHandle FROM_LONG;
    private static final MethodHandle FROM_BOOLEAN;
    private static final MethodHandle FROM_TENSORS;
    private static final MethodHandle TO_TENSOR;
    private static final MethodHandle TO_TENSORS;
    private static final MethodHandle DELETE_VALUE;
    private static final MethodHandle RUN;

    private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(() -> false);

    static {
        Engine.getInstance(); // loads the native library; nothing below links before it
        try {
            Class<?> library = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
            var lookup = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
            Object instance = lookup.findStaticGetter(library, "LIB", library).invoke();
            FROM_TENSOR = bind(lookup, instance, "iValueFromTensor", long.class, long.class);
            FROM_DOUBLE = bind(lookup, instance, "iValueFromDouble", long.class, double.class);
            FROM_LONG = bind(lookup, instance, "iValueFromLong", long.class, long.class);
            FROM_BOOLEAN = bind(lookup, instance, "iValueFromBool", long.class, boolean.class);
            FROM_TENSORS = bind(lookup, instance, "iValueFromTensorList", long.class, long[].class);
            TO_TENSOR = bind(lookup, instance, "iValueToTensor", long.class, long.class);
            TO_TENSORS = bind(lookup, instance, "iValueToTensorList", long[].class, long.class);
            DELETE_VALUE = bind(lookup, instance, "torchDeleteIValue", void.class, long.class);
            RUN = bind(
                    lookup,
                    instance,
                    "moduleRunMethod",
                    long.class,
                    long.class,
                    String.class,
                    long[].class,
                    boolean.class,
                    boolean.class);
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Torch() {}

    private static MethodHandle bind(
            MethodHandles.Lookup lookup, Object instance, String name, Class<?> result, Class<?>... parameters)
            throws ReflectiveOperationException {
        return lookup.bind(instance, name, MethodType.methodType(result, parameters));
    }

    /** Compiles a TorchScript archive and returns its native module; modules live as long as the process. */
    static long load(InputStream archive, Device device) {
        try {
            return JniUtils.loadModuleHandle(archive, device, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Boxes one script argument: an array, a list of arrays, a number or a truth value. */
    static long box(Object argument) {
        try {
            if (argument instanceof PtNDArray array) {
                return (long) FROM_TENSOR.invokeExact((long) array.getHandle());
            } else if (argument instanceof Double number) {
                return (long) FROM_DOUBLE.invokeExact((double) number);
            } else if (argument instanceof Long number) {
                return (long) FROM_LONG.invokeExact((long) number);
            } else if (argument instanceof Boolean truth) {
                return (long) FROM_BOOLEAN.invokeExact((boolean) truth);
            } else if (argument instanceof NDArray[] arrays) {
                long[] handles = new long[arrays.length];
                for (int i = 0; i < handles.length; i++) {
                    handles[i] = ((PtNDArray) arrays[i]).getHandle();
                }
                return (long) FROM_TENSORS.invokeExact(handles);
            }
        } catch (Throwable e) {
            throw unchecked(e);
        }
        throw new IllegalArgumentException("script argument: expected an NDArray, NDArray[], Double, Long or Boolean,"
                + " got " + argument.getClass().getName());
    }

    static void delete(long value) {
        try {
            DELETE_VALUE.invokeExact(value);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** Runs a method of a module outside inference mode, so that the gradient mode of the thread decides. */
    static long run(long module, String method, long[] arguments) {
        try {
            if (!PREPARED.get()) {
                JniUtils.setGraphExecutorOptimize(false); // the switch is per thread; with it on, warm-up takes seconds
                PREPARED.set(true);
            }
            return (long) RUN.invokeExact(module, method, arguments, true, false);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    static NDArray toArray(long value, PtNDManager manager) {
        try {
            return new PtNDArray(manager, (long) TO_TENSOR.invokeExact(value));
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    static NDArray[] toArrays(long value, PtNDManager manager) {
        try {
            long[] handles = (long[]) TO_TENSORS.invokeExact(value);
            NDArray[] arrays = new NDArray[handles.length];
            for (int i = 0; i < handles.length; i++) {
                arrays[i] = new PtNDArray(manager, handles[i]);
            }
            return arrays;
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}
