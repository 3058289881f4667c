package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.tensor.Tensors;

class SafetensorsTest {

    @TempDir
    Path folder;

    private Path file(String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        return Files.write(folder.resolve("broken.safetensors"), bytes.array());
    }

    @Test
    void arraysComeBackAsTheyWere() {
        Path file = folder.resolve("some.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            arrays.put("b.weight", Tensors.create(manager, new float[] {1, -2.5f, 3e30f, 0, 1e-40f, 7}, 2, 3));
            arrays.put("a", Tensors.create(manager, new double[] {Math.PI, -0.0}, DataType.FLOAT64, 2));
            arrays.put("ids", Tensors.create(manager, new long[] {5, -6, 1L << 40}, 3));
            arrays.put("one", Tensors.create(manager, new float[] {4}, new long[0]));
            arrays.put("none", Tensors.create(manager, new float[0], 0, 3));
            arrays.put("flags", arrays.get("ids").gt(arrays.get("ids").zerosLike()));
            arrays.put("strided", arrays.get("b.weight").transpose());
            int before = manager.getManagedArrays().size();
            new SafetensorsWriter().write(file, arrays);
            assertThat(manager.getManagedArrays()).hasSize(before);
            Safetensors read = Safetensors.open(file);
            assertThat(read.names()).containsExactlyInAnyOrderElementsOf(arrays.keySet());
            assertThat(read.metadata()).containsEntry("format", "pt");
            Map<String, NDArray> back = read.loadAll(manager);
            assertThat(manager.getManagedArrays()).hasSize(before + back.size());
            arrays.forEach((name, array) -> {
                NDArray loaded = java.util.Objects.requireNonNull(back.get(name), name);
                assertThat(loaded.getShape()).as(name).isEqualTo(array.getShape());
                assertThat(loaded.getDataType()).as(name).isEqualTo(array.getDataType());
                assertThat(Tensors.toDoubles(loaded)).as(name).containsExactly(Tensors.toDoubles(array));
            });
        }
        assertThat(folder.toFile().list()).containsExactly("some.safetensors");
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void halfPrecisionIsReadAsFloat32AndRoundedToTheNearest(RawType type) {
        Path file = folder.resolve("half.safetensors");
        double[] exact = {0, 1, -1.5, 1024, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, -0.0};
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray values = Tensors.create(manager, exact, DataType.FLOAT32, 2, 4);
            new SafetensorsWriter().as(type).write(file, Map.of("w", values));
            Safetensors read = Safetensors.open(file);
            TensorEntry entry = read.entry("w");
            assertThat(entry.type()).isEqualTo(type);
            assertThat(entry.shape()).containsExactly(2L, 4L);
            assertThat(entry.bytes()).isEqualTo(16);
            NDArray back = read.load("w", manager);
            assertThat(back.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(Tensors.toDoubles(back)).containsExactly(exact);
        }
    }

    @Test
    void everyHalfFloatSurvivesTheWayThroughFloat32() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            short half = (short) bits;
            float wide = HalfPrecision.fromFloat16(half);
            if (!Float.isNaN(wide)) {
                assertThat(HalfPrecision.toFloat16(wide)).as("f16 %x", bits).isEqualTo(half);
            }
            float upper = HalfPrecision.fromBfloat16(half);
            if (!Float.isNaN(upper)) {
                assertThat(HalfPrecision.toBfloat16(upper)).as("bf16 %x", bits).isEqualTo(half);
            }
        }
        assertThat(HalfPrecision.fromFloat16((short) 1)).isEqualTo(0x1p-24f);
        assertThat(HalfPrecision.fromFloat16((short) 0x3555)).isEqualTo(0.33325195f);
        assertThat(HalfPrecision.fromFloat16((short) 0x7bff)).isEqualTo(65504f);
        assertThat(HalfPrecision.fromFloat16((short) 0x7e00)).isNaN();
        assertThat(HalfPrecision.fromBfloat16(HalfPrecision.toBfloat16(Float.intBitsToFloat(0x7f800001))))
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({ // between two neighbours: to the nearer, halfway to the even one
        "1.00048828125, 1",
        "1.00146484375, 1.001953125",
        "1.0005, 1.0009765625",
        "65519, 65504",
        "65520, Infinity",
        "2.980232238769531e-8, 0",
        "2.99e-8, 5.960464477539063e-8",
        "6.1006e-5, 6.103515625e-5"
    })
    void halvesRoundToTheNearest(float value, float expected) {
        assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(value))).isEqualTo(expected);
        assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(-value))).isEqualTo(-expected);
    }

    @ParameterizedTest
    @CsvSource({"1.00390625, 1", "1.01171875, 1.015625", "1.004, 1.0078125", "3.4e38, Infinity"})
    void bfloat16RoundsToTheNearest(float value, float expected) {
        assertThat(HalfPrecision.fromBfloat16(HalfPrecision.toBfloat16(value))).isEqualTo(expected);
    }

    @Test
    void shardsAreOneCheckpoint() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            for (int i = 0; i < 5; i++) {
                arrays.put("layer." + i, Tensors.create(manager, new float[] {i, 2 * i, 3 * i}, 3));
            }
            new SafetensorsWriter().writeShards(folder, arrays, 24);
            assertThat(folder.toFile().list())
                    .containsExactlyInAnyOrder(
                            "model-00001-of-00003.safetensors",
                            "model-00002-of-00003.safetensors",
                            "model-00003-of-00003.safetensors",
                            "model.safetensors.index.json");
            Safetensors read = Safetensors.open(folder);
            assertThat(read.names()).containsExactly("layer.0", "layer.1", "layer.2", "layer.3", "layer.4");
            assertThat(Tensors.toDoubles(read.load("layer.3", manager))).containsExactly(3, 6, 9);
        }
    }

    @Test
    void namesWhatIsWrongWithAnIndex() throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"weight_map\": {\"a\": \"other.safetensors\"}}");
        fails(index, "expected the shard other.safetensors, got nothing");
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> arrays = Map.of("b", Tensors.create(manager, new float[] {1}, 1));
            new SafetensorsWriter().write(folder.resolve("other.safetensors"), arrays);
        }
        fails(index, "expected the tensor a as the index says, got none");
        Files.writeString(index, "{\"weight_map\": {\"a\": \"../other.safetensors\"}}");
        fails(index, "tensor a: expected a file beside the index");
        Files.writeString(index, "{\"weight_map\": {}}");
        fails(index, "expected a weight_map");
        Files.writeString(index, "{");
        fails(index, "malformed index");
        fails(folder.resolve("nowhere"), "expected a safetensors file, an index or a folder, got nothing");
    }

    private static void fails(Path path, String problem) {
        assertThatThrownBy(() -> Safetensors.open(path))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(problem)
                .hasMessageMatching("(?s)/.+safetensors.*: .+|/.+nowhere: .+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\" | 0 | malformed header",
                "[] | 0 | expected a header that is a JSON object",
                "{} {} | 0 | malformed header",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{}} | 4 | malformed header",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | tensor a: expected a dtype of [F64",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | tensor a: expected whole dimensions",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":3,\"data_offsets\":[0,4]}} | 4 | tensor a: expected a shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}} | 4 | expected a shape that fits",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387905],\"data_offsets\":[0,4]}} | 4 | expected the bytes of F32",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | tensor a: expected the bytes of F32 [2], got 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}} | 4 | expected data_offsets within the 4 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | 4 | expected data_offsets within",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}} | 4 | expected two data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}} | 4 | expected two data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}} | 6 | tensor b: expected data at byte 4, got 2, which overlaps",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[6,10]}} | 10 | which leaves a hole",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 9 | expected 4 bytes of data, got 9",
            })
    void namesWhatIsWrongWithAHeader(String header, int dataBytes, String problem) throws IOException {
        fails(file(header, dataBytes), problem);
    }

    @Test
    void aTruncatedFileIsSaidToBeOne() throws IOException {
        Path whole = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length += 5) {
            Files.write(whole, java.util.Arrays.copyOf(bytes, length));
            fails(whole, length < 8 ? "at least 8 bytes" : "truncated");
        }
        ByteBuffer huge = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-2L);
        Files.write(whole, huge.array());
        fails(whole, "expected a header length from 2 to 100000000, got 18446744073709551614");
    }

    @Test
    void filesOfMoreThanTwoGigabytesAreReadWhereTheyAreAsked() throws IOException {
        Path file = folder.resolve("large.safetensors");
        long gap = 3_000_000_000L;
        String header = "{\"gap\":{\"dtype\":\"U8\",\"shape\":[" + gap + "],\"data_offsets\":[0," + gap + "]},"
                + "\"tail\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" + gap + "," + (gap + 8) + "]}}";
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] text = header.getBytes(StandardCharsets.UTF_8);
            ByteBuffer bytes = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
            sparse.write(bytes.putLong(text.length).put(text).array());
            sparse.setLength(8 + text.length + gap + 8);
            sparse.seek(8 + text.length + gap);
            sparse.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(1.5f)
                    .putFloat(-2)
                    .array());
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            Safetensors read = Safetensors.open(file);
            assertThat(read.entry("gap").size()).isEqualTo(gap);
            assertThat(Tensors.toDoubles(read.load("tail", manager))).containsExactly(1.5, -2);
        }
    }

    @Test
    void tensorsLargerThanABufferAreMovedInPieces() throws IOException {
        Path file = folder.resolve("pieces.safetensors");
        TensorBytes pieces = new TensorBytes(3);
        try (NDManager manager = NDManager.newBaseManager();
                FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            float[] numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
            NDArray array = Tensors.create(manager, numbers, 5, 2);
            for (RawType type : List.of(RawType.F32, RawType.BF16, RawType.F16)) {
                long start = channel.size();
                channel.position(start);
                pieces.write(channel, array, type);
                TensorEntry entry = new TensorEntry("x", file, type, List.of(5L, 2L), start, 10L * type.bytes());
                assertThat(pieces.read(channel, entry, manager).toFloatArray()).containsExactly(numbers);
            }
        }
    }

    @Test
    void rejectsWhatCannotBeWritten() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray array = Tensors.create(manager, new float[] {1}, 1);
            Path file = folder.resolve("x.safetensors");
            assertThatThrownBy(() -> new SafetensorsWriter().write(file, Map.of()))
                    .hasMessageStartingWith("arrays: expected");
            assertThatThrownBy(() -> new SafetensorsWriter().write(file, Map.of("__metadata__", array)))
                    .hasMessageStartingWith("arrays: expected");
            assertThatThrownBy(() -> new SafetensorsWriter().as(RawType.I64))
                    .hasMessageStartingWith("floats: expected");
            assertThatThrownBy(() -> new SafetensorsWriter().writeShards(folder, Map.of("a", array), 0))
                    .hasMessageStartingWith("shardBytes: expected");
            assertThat(file).doesNotExist();
        }
    }
}
