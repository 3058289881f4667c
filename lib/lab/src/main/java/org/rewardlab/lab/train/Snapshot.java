package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.List;

/** A copy of parameters to fall back on. */
final class Snapshot implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager();
    private final List<NDArray> parameters;
    private final List<NDArray> copies;

    Snapshot(List<NDArray> parameters) {
        manager.setName("Snapshot");
        this.parameters = parameters;
        this.copies = parameters.stream().map(this::room).toList();
        take();
    }

    private NDArray room(NDArray parameter) {
        NDArray zeros = manager.zeros(parameter.getShape(), parameter.getDataType(), parameter.getDevice());
        NDScope.unregister(zeros);
        return zeros;
    }

    void take() {
        copy(parameters, copies);
    }

    void restore() {
        copy(copies, parameters);
    }

    private static void copy(List<NDArray> from, List<NDArray> to) {
        for (int i = 0; i < from.size(); i++) {
            Weights.copy(from.get(i), to.get(i));
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
