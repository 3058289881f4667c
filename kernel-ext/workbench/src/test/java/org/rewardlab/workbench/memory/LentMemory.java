package org.rewardlab.workbench.memory;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Tensors;

/** Reads views and gradients of arrays whose Java buffers are gone, and prints how many of 30 trials read garbage. */
final class LentMemory {

    private LentMemory() {}

    public static void main(String[] arguments) {
        if (arguments[0].equals("late")) {
            Engine.getInstance().newBaseManager().create(1f).close();
        }
        ArrayScopes scopes = arguments[0].equals("without") ? null : ArrayScopes.start();
        int wrong = 0;
        try (NDManager manager = NDManager.newBaseManager()) {
            for (int trial = 0; trial < 30; trial++) {
                if (scopes != null) {
                    scopes.beforeCell();
                }
                wrong += isRight(manager, !arguments[0].equals("late")) ? 0 : 1;
                if (scopes != null) {
                    scopes.afterCell();
                }
            }
        }
        System.out.println(scopes == null || scopes.problem() == null ? "" : scopes.problem());
        System.out.println("wrong " + wrong);
    }

    private static boolean isRight(NDManager manager, boolean sets) {
        NDArray x = manager.create(new float[] {1, 2, 3, 4});
        x.setRequiresGradient(true);
        NDArray original = manager.create(new float[] {5, 6, 7, 8});
        NDArray view = original.reshape(2, 2);
        NDArray set = manager.create(new float[] {0, 0});
        set.set(new float[] {9, 10});
        NDArray setView = set.reshape(2, 1);
        try (GradientMode mode = GradientMode.recording()) {
            NDArray loss = x.mul(3f).mul(x).sum();
            original.close();
            set.close();
            System.gc();
            for (int i = 0; i < 2000; i++) { // takes the place of freed buffers
                ByteBuffer.allocateDirect(16).putLong(0, -1L).putLong(8, -1L);
                manager.create(new float[] {99, 99, 99, 99}).close();
            }
            Gradients.backward(loss);
        }
        double[] gradient = Tensors.toDoubles(Gradients.of(x));
        double[] seen = Tensors.toDoubles(view);
        double[] seenSet = Tensors.toDoubles(setView);
        return gradient[0] == 6 && gradient[3] == 24 && seen[0] == 5 && seen[3] == 8 && (!sets || seenSet[1] == 10);
    }
}
