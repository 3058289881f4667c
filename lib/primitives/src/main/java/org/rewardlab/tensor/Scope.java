package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Native memory of one computation: every array made inside is freed at the end, except those that are kept.
 *
 * <p>What is kept goes to the scope around this one, if there is one, so that a cell, a training step or the caller's
 * own scope frees it in time; its manager stays the one that it was made in.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *     NDArray d = logps.sub(refLogps);
 *     return scope.keep(d.square().mean());
 * }
 * }</pre>
 *
 * <pre>{@code
 * var x = nd.create(new float[] {1, 2});
 * NDArray squares;
 * try (var scope = Scope.open()) {
 *     var doubled = x.add(x);                // freed at the end
 *     squares = scope.keep(x.mul(x));        // handed on
 * }
 * squares
 * // => ND: (2) cpu() float32 [1., 4.]
 * }</pre>
 */
public final class Scope implements AutoCloseable {

    private final NDScope inner = new NDScope();
    private final List<NDArray> kept = new ArrayList<>(4);

    private Scope() {}

    /** Opens a scope on the current thread; scopes nest and are closed in reverse order. */
    public static Scope open() {
        return new Scope();
    }

    /** Lets an array made in this scope outlive it. */
    public NDArray keep(NDArray array) {
        NDScope.unregister(array);
        kept.add(array);
        return array;
    }

    /** Lets arrays made in this scope outlive it. */
    public NDArray[] keep(NDArray[] arrays) {
        for (NDArray array : arrays) {
            keep(array);
        }
        return arrays;
    }

    /** Lets an array that may be absent outlive this scope. */
    public @Nullable NDArray keepIfPresent(@Nullable NDArray array) {
        return array == null ? null : keep(array);
    }

    /** Lets an array made in this scope outlive every scope: from now on its manager alone frees it. */
    public NDArray leaveToManager(NDArray array) {
        NDScope.unregister(array);
        return array;
    }

    @Override
    public void close() {
        inner.close();
        for (NDArray array : kept) {
            NDScope.register(array);
        }
    }
}
