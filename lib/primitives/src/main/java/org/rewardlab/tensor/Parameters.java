package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arrays that training changes, by name, in the order they were added, in one manager of their own: no scope frees
 * them, {@link #close()} does.
 *
 * <pre>{@code
 * Parameters parameters = Parameters.create();
 * NDArray weight = parameters.add("weight", Tensors.create(manager, start, 2, 3));
 * AdamW.Moments moments = adamW.initial(parameters.list());
 * }</pre>
 *
 * <pre>{@code
 * var parameters = Parameters.create();
 * parameters.add("weight", nd.create(new float[] {1, 2}));
 * parameters.list()
 * // => [ND: (2) cpu() float32 hasGradient [1., 2.]]
 * parameters
 * // => Parameters(1 arrays, 2 numbers)
 * parameters.close();
 * }</pre>
 */
public final class Parameters implements AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    private Parameters() {
        manager.setName("Parameters");
    }

    /** None yet. */
    public static Parameters create() {
        return new Parameters();
    }

    /**
     * Adds a copy of an array as a leaf whose gradient is gathered.
     *
     * @param name not given before
     * @param values floating-point numbers of any shape, left alone
     * @return the parameter
     */
    public NDArray add(String name, NDArray values) {
        Check.floating(name, values);
        if (arrays.containsKey(name)) {
            throw Check.failure("name", "one not among " + arrays.keySet(), name);
        }
        try (GradientMode mode = GradientMode.paused()) {
            NDArray parameter = values.duplicate();
            NDScope.unregister(parameter);
            parameter.attach(manager);
            parameter.setRequiresGradient(true);
            arrays.put(name, parameter);
            return parameter;
        }
    }

    /** The names, in order. */
    public List<String> names() {
        return List.copyOf(arrays.keySet());
    }

    /** The parameter of that name. */
    public NDArray get(String name) {
        NDArray parameter = arrays.get(name);
        if (parameter == null) {
            throw Check.failure("name", "one of " + arrays.keySet(), name);
        }
        return parameter;
    }

    /** The parameters, in order. */
    public List<NDArray> list() {
        return List.copyOf(arrays.values());
    }

    /** The parameters by name, in order. */
    public Map<String, NDArray> toMap() {
        return Collections.unmodifiableMap(arrays);
    }

    /** How many numbers there are in all. */
    public long size() {
        return arrays.values().stream().mapToLong(NDArray::size).sum();
    }

    /** Whether operations on the parameters are recorded for differentiation. */
    public Parameters setTrainable(boolean trainable) {
        arrays.values().forEach(parameter -> parameter.setRequiresGradient(trainable));
        return this;
    }

    /** Forgets all gathered gradients. */
    public void zeroGradients() {
        arrays.values().forEach(Gradients::zero);
    }

    /** A copy that shares nothing with these: a snapshot to return to, or a reference when frozen. */
    public Parameters copy() {
        Parameters copy = new Parameters();
        arrays.forEach(copy::add);
        return copy;
    }

    /** Takes over the numbers of other parameters of the same names and shapes. */
    public void set(Parameters other) {
        if (!arrays.keySet().equals(other.arrays.keySet())) {
            throw Check.failure("other", "parameters named " + arrays.keySet(), other.arrays.keySet());
        }
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            arrays.forEach((name, parameter) -> {
                NDArray from = other.get(name);
                Check.sameShape("other " + name, from, name, parameter);
                from.copyTo(parameter);
            });
        }
    }

    /** The manager that the parameters live in, for what lives as long as they do. */
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }

    @Override
    public String toString() {
        return "Parameters(" + arrays.size() + " arrays, " + size() + " numbers)";
    }
}
