package org.rewardlab.workbench;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.rewardlab.kernel.spi.ValueDescriber;
import org.rewardlab.workbench.memory.TensorBytes;
import org.rewardlab.workbench.render.ArrayView;

/** Tells the kernel's inspection and table of variables what tensors are. */
public final class ArrayDescriber implements ValueDescriber {

    @Override
    public Optional<String> describe(Object value) {
        return value instanceof NDArray array ? Optional.of(ArrayView.line(array)) : Optional.empty();
    }

    @Override
    public Optional<Long> bytes(Object value) {
        TensorBytes sum = TensorBytes.of(value);
        return sum.arrays() == 0 ? Optional.empty() : Optional.of(sum.bytes());
    }
}
