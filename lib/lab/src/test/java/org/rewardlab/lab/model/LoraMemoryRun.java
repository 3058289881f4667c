package org.rewardlab.lab.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.rewardlab.tensor.AdamW;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** The child process of {@link LoraMemoryTest}: prints resident bytes with the engine started, and the peak after that. */
final class LoraMemoryRun {

    static final int ROWS = 2;
    static final int LENGTH = 64;

    private static final Script LOSS = Script.of("""
            def loss(self, x: Tensor) -> Tensor:
              return torch.neg(torch.mean(x))
            """);

    private LoraMemoryRun() {}

    /** What a step keeps for its backward pass, counted: 10 states of D, 4 of the inner width and 4 of attention a layer; logits 4 times. */
    static long activations() {
        TransformerConfig c = LoraMemoryTest.SHAPE;
        long perToken = (long) c.layers() * (14L * c.hiddenSize() + 4L * c.intermediateSize()) + 4L * c.vocabSize();
        return 4L * ROWS * LENGTH * perToken;
    }

    public static void main(String[] arguments) throws IOException {
        Engine.getInstance();
        try (NDManager manager = NDManager.newBaseManager()) {
            warm(manager);
            System.gc();
            long before = resident("VmRSS");
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
            try (CausalLm model = CausalLm.load(Path.of(arguments[0])).withLora(new LoraConfig(8), 3)) {
                long[] row = IntStream.range(0, ROWS * LENGTH)
                        .mapToLong(i -> i * 97L % 30_000)
                        .toArray();
                NDArray ids = Tensors.create(manager, row, ROWS, LENGTH);
                AdamW optimizer = new AdamW(1e-3);
                AdamW.Moments moments = optimizer.initial(model.parameters());
                double first = Double.NaN;
                double last = Double.NaN;
                for (int i = 0; i < 5; i++) {
                    last = gradients(model, ids);
                    first = i == 0 ? last : first;
                    moments = optimizer.step(model.parameters(), moments);
                    model.parameters().forEach(Gradients::zero);
                }
                moments.close();
                if (!(last < first)) {
                    throw new IllegalStateException("loss: expected less than " + first + ", got " + last);
                }
            }
            System.out.println(before + " " + resident("VmHWM"));
        }
    }

    private static void warm(NDManager manager) {
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            LOSS.call(Tensors.create(manager, new float[] {1, 2}, 2)).getFloat();
        }
    }

    private static double gradients(CausalLm model, NDArray ids) {
        try (Scope scope = Scope.open()) {
            NDArray loss = Gradients.record(() -> LOSS.call(model.logps(ids)));
            Gradients.backward(loss);
            return loss.getFloat();
        }
    }

    private static long resident(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
