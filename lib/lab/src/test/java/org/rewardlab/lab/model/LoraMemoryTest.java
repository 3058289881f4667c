package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads a BF16 checkpoint of 100 million parameters in a process of its own and trains adapters on it. */
@Tag("full")
class LoraMemoryTest {

    /** 30,000 tokens, width 768, 9 layers, 12 heads, 2,048 inside: 109 million parameters with an untied head. */
    static final TransformerConfig SHAPE = new TransformerConfig(
            30_000, 768, 9, 12, 12, 64, 2048, 512, Rope.plain(10_000), 1e-5, false, false, false, false);

    @TempDir
    Path folder;

    @Test
    void trainingAdaptersNeedsLessThanHalfOfTheWeightsOnTop() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/clear_refs")), "needs Linux's peak of resident memory");
        assertThat(SHAPE.parameterCount()).isGreaterThan(100_000_000);
        write();
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-Dai.djl.pytorch.graph_optimizer=false",
                "-cp",
                System.getProperty("java.class.path"),
                LoraMemoryRun.class.getName(),
                folder.toString()));
        Path out = folder.resolve("out.txt");
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(child.waitFor(10, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(out);
        assertThat(child.exitValue()).as(said).isZero();
        String last = said.strip().substring(said.strip().lastIndexOf('\n') + 1);
        String[] numbers = last.split(" ");
        long before = Long.parseLong(numbers[0]);
        long peak = Long.parseLong(numbers[1]);
        long weights = 4 * SHAPE.parameterCount();
        System.out.printf(
                "resident before loading %d MB, peak in training %d MB, weights %d MB, activations %d MB%n",
                before >> 20, peak >> 20, weights >> 20, LoraMemoryRun.activations() >> 20);
        assertThat(peak - before).isGreaterThan(weights / 2);
        assertThat((double) (peak - before)).isLessThan(1.5 * weights + LoraMemoryRun.activations());
    }

    /** Random weights, written as a stream: this process holds none of them. */
    private void write() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                PretrainedConfig.json(SHAPE, RawType.BF16).toString());
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long offset = 0;
        List<WeightShape> shapes =
                WeightShape.all(SHAPE).stream().filter(WeightShape::isPresent).toList();
        for (WeightShape shape : shapes) {
            long end = offset + 2 * shape.shape().size();
            header.append(",\"" + shape.name() + "\":{\"dtype\":\"BF16\",\"shape\":"
                    + java.util.Arrays.toString(shape.shape().getShape()) + ",\"data_offsets\":[" + offset + "," + end
                    + "]}");
            offset = end;
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(1);
        try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
            out.write(ByteBuffer.allocate(8 + text.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .put(text)
                    .array());
            for (WeightShape shape : shapes) {
                long left = shape.shape().size();
                while (left > 0) {
                    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(left, 1 << 20) * 2)
                            .order(ByteOrder.LITTLE_ENDIAN);
                    while (piece.hasRemaining()) {
                        float value =
                                shape.name().endsWith("norm.weight") ? 1 : (float) (random.nextDouble() - 0.5) / 20;
                        piece.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
                    }
                    out.write(piece.array());
                    left -= piece.capacity() / 2;
                }
            }
        }
    }
}
