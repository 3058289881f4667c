package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/** Numbers of parameters, moved between arrays. */
final class Weights {
    private static final Script COPY = Script.of("""
            def copy(self, to: Tensor, source: Tensor) -> Tensor:
              return torch.copy_(to, source)
            """);

    private Weights() {}

    /** Gives an array the numbers of another one of its shape and type. */
    static void copy(NDArray from, NDArray to) {
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            COPY.call(to, from);
        }
    }

    /** Gives an array the numbers that were saved under a name; rejects what is missing or has another shape or type. */
    static void overwrite(String name, NDArray array, Map<String, NDArray> saved) {
        NDArray found = saved.get(name);
        if (found == null || !found.getShape().equals(array.getShape()) || found.getDataType() != array.getDataType()) {
            throw new IllegalStateException(
                    "checkpoint: expected " + name + " of shape " + array.getShape() + " and type "
                            + array.getDataType() + ", got "
                            + (found == null ? "none" : found.getShape() + " and " + found.getDataType())
                            + "; the model is another one than the run was begun with");
        }
        copy(found, array);
    }

    /** Arrays of a list by their place in it. */
    static Map<String, NDArray> numbered(String prefix, List<NDArray> arrays) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int i = 0; i < arrays.size(); i++) {
            named.put(prefix + "." + i, arrays.get(i));
        }
        return named;
    }
}
