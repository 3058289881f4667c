package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class GradientsTest {

    private static final Script SQUARE_ERROR = Script.of("""
            def loss(self, w: Tensor, x: Tensor, y: Tensor) -> Tensor:
              d = torch.sub(torch.matmul(x, w), y)
              return torch.mean(torch.mul(d, d))
            """);

    private static final Script DESCEND = Script.of("""
            def step(self, w: Tensor, g: Tensor, rate: float) -> Tensor:
              return torch.sub_(w, torch.mul(g, rate))
            """);

    @Test
    void fourThreadsTrainAtOnceAsOneAfterAnother() throws Exception {
        List<double[]> alone = new ArrayList<>();
        for (long seed = 0; seed < 8; seed++) {
            alone.add(train(seed));
        }
        var pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<double[]>> runs = new ArrayList<>();
            for (long seed = 0; seed < 8; seed++) {
                long fixed = seed;
                runs.add(() -> train(fixed));
            }
            List<Future<double[]>> together = pool.invokeAll(runs);
            for (int i = 0; i < 8; i++) {
                assertThat(together.get(i).get()).as("seed %s", i).containsExactly(alone.get(i));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static double[] train(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            NDArray x = Tensors.create(manager, draw(random, 32 * 4), 32, 4);
            NDArray y = Tensors.create(manager, draw(random, 32), 32);
            NDArray w = Tensors.create(manager, new float[4], 4);
            w.setRequiresGradient(true);
            for (int step = 0; step < 200; step++) {
                try (Scope scope = Scope.open()) {
                    Gradients.backward(Gradients.record(() -> SQUARE_ERROR.call(w, x, y)));
                    DESCEND.call(w, Gradients.of(w), 0.1);
                    Gradients.zero(w);
                }
            }
            return Tensors.toDoubles(w);
        }
    }

    private static float[] draw(java.util.random.RandomGenerator random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static final Script DOUBLED = Script.of("""
            def doubled(self, x: Tensor) -> Tensor:
              return torch.mul(x, 2.)
            """);

    /** DJL says of such an array that it requires no gradient: what is computed from a parameter is no leaf. */
    @Test
    void logProbsAndEntropiesOfComputedLogitsAreDifferentiable() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = Gradients.leaf(Tensors.create(manager, new float[] {1, 2, 3}, 1, 1, 3));
            NDArray labels = Tensors.create(manager, new long[] {0}, 1, 1);
            Gradients.backward(Gradients.record(() -> LogProbs.fromLogits(DOUBLED.call(x), labels)));
            float[] ofLogProb = Gradients.of(x).toFloatArray();
            Gradients.zero(x);
            Gradients.backward(Gradients.record(() -> Entropy.fromLogits(DOUBLED.call(x))));
            float[] ofEntropy = Gradients.of(x).toFloatArray();
            double total = Math.exp(2) + Math.exp(4) + Math.exp(6);
            double entropy = 0;
            for (int v = 0; v < 3; v++) {
                double p = Math.exp(2 * v + 2) / total;
                assertThat(ofLogProb[v]).isCloseTo((float) (2 * ((v == 0 ? 1 : 0) - p)), within(1e-5f));
                entropy -= p * Math.log(p);
            }
            for (int v = 0; v < 3; v++) {
                double p = Math.exp(2 * v + 2) / total;
                assertThat(ofEntropy[v]).isCloseTo((float) (-2 * p * (Math.log(p) + entropy)), within(1e-5f));
            }
        }
    }

    @Test
    void aConstantCannotBeDifferentiated() {
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.recording()) {
            NDArray constant = Tensors.create(manager, new float[] {1}, 1);
            assertThatThrownBy(() -> Gradients.backward(constant))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("got a constant of shape (1)");
        }
    }

    @Test
    void onlyOneNumberIsALoss() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray two = Gradients.leaf(Tensors.create(manager, new float[] {1, 2}, 2));
            assertThatThrownBy(() -> Gradients.backward(two))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("loss: expected one number, got (2)");
        }
    }

    @Test
    void aLeafThatNothingReachedHasZeroGradientOfItsType() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray leaf = Gradients.leaf(
                    Tensors.create(manager, new double[] {1, 2}, ai.djl.ndarray.types.DataType.FLOAT64, 2));
            assertThat(Gradients.of(leaf).toDoubleArray()).containsExactly(0, 0);
        }
    }

    @Test
    void modesNestAndAreRestored() {
        try (GradientMode outer = GradientMode.paused()) {
            try (GradientMode inner = GradientMode.recording()) {
                assertThat(GradientMode.isRecording()).isTrue();
            }
            assertThat(GradientMode.isRecording()).isFalse();
        }
    }
}
