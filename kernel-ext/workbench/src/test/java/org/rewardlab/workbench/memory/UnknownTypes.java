package org.rewardlab.workbench.memory;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Asks for arrays of types that PyTorch's native part does not know, and says what came of it; a main class of its own process. */
public final class UnknownTypes {

    private UnknownTypes() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        TorchPatch.apply();
        try (NDManager manager = NDManager.newBaseManager()) {
            for (DataType type : List.of(DataType.BFLOAT16, DataType.UINT16, DataType.STRING)) {
                refused(() -> manager.zeros(new Shape(2), type));
                refused(() -> manager.ones(new Shape(2)).toType(type, true));
            }
            System.out.println(
                    "alive with " + manager.ones(new Shape(2), DataType.BOOLEAN).getDataType());
        }
    }

    private static void refused(Runnable work) {
        try {
            work.run();
            System.out.println("made");
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
