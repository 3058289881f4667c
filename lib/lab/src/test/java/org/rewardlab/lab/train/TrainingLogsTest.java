package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.lab.model.CausalLm;
import tech.tablesaw.api.Table;

class TrainingLogsTest {

    @TempDir
    private Path folder;

    @Test
    void policyTrainingFillsTheTablesUnderKnownNames() {
        MetricLog log = new MetricLog(2);
        try (CausalLm model = LettersFixture.model(1)) {
            for (PolicyStep step : LettersFixture.policyTraining(model)
                    .reward("short", (prompt, completion, row) -> prompt.equals("a") ? -completion.length() : null, 0.1)
                    .listener(log)
                    .steps(3)) {
                assertThat(step.number()).isPositive();
            }
        }
        Table table = log.table();
        assertThat(table.rowCount()).isEqualTo(3);
        assertThat(table.columnNames())
                .startsWith("step", "epoch")
                .contains(
                        "reward",
                        "reward_std",
                        "rewards/letter a/mean",
                        "rewards/short/std",
                        "frac_reward_zero_std",
                        "completions/mean_length",
                        "completions/clipped_ratio",
                        "num_tokens",
                        "entropy",
                        "kl",
                        "loss",
                        "grad_norm",
                        "learning_rate");
        Table completions = log.completions();
        assertThat(completions.rowCount()).isEqualTo(2 * 36);
        assertThat(completions.columnNames())
                .containsExactly("step", "prompt", "completion", "letter a", "short", "reward", "advantage", "tokens");
        assertThat(completions.intColumn("step").unique().asList()).containsExactly(1, 3);
        for (int row = 0; row < completions.rowCount(); row++) {
            boolean applies = completions.stringColumn("prompt").get(row).equals("a");
            assertThat(Double.isNaN(completions.doubleColumn("short").getDouble(row)))
                    .isNotEqualTo(applies);
        }
    }

    @Test
    void jsonLinesDropWhatComesAgainAfterAResumption() throws IOException {
        Path file = folder.resolve("log.jsonl");
        JsonLinesLog log = new JsonLinesLog(file);
        log.started(10);
        for (int step = 1; step <= 5; step++) {
            log.stepped(new TrainingStep(step, 10, step / 10.0, Map.of("loss", step == 2 ? Double.NaN : 0.5 / step)));
        }
        assertThat(Files.readAllLines(file))
                .hasSize(5)
                .startsWith("{\"step\":1,\"epoch\":0.1,\"loss\":0.5}", "{\"step\":2,\"epoch\":0.2,\"loss\":null}");
        Files.writeString(file, Files.readString(file) + "{\"step\":6,\"ep"); // torn by a kill
        JsonLinesLog later = new JsonLinesLog(file);
        later.started(10);
        later.resumed(3);
        later.stepped(new TrainingStep(4, 10, 0.4, Map.of("loss", 7.0)));
        assertThat(Files.readAllLines(file)).hasSize(4).endsWith("{\"step\":4,\"epoch\":0.4,\"loss\":7.0}");
        JsonLinesLog anew = new JsonLinesLog(file);
        anew.started(10);
        anew.stepped(new TrainingStep(1, 10, 0.1, Map.of("loss", 1.0)));
        assertThat(Files.readAllLines(file)).containsExactly("{\"step\":1,\"epoch\":0.1,\"loss\":1.0}");
    }

    @Test
    void eventFilesAreRecordsWithRightChecksums() throws IOException {
        TensorBoardLog log = new TensorBoardLog(folder.resolve("board"), () -> 1.75e9);
        assertThatThrownBy(() -> log.stepped(new TrainingStep(1, 2, 0, Map.of())))
                .hasMessageContaining("started");
        log.started(400);
        log.resumed(300);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("rewards/accuracies", 0.75);
        metrics.put("loss", Double.NaN);
        log.stepped(new TrainingStep(301, 400, 0.5, metrics));
        log.started(400);
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder.resolve("board"))) {
            files = listed.sorted().toList();
        }
        assertThat(files).hasSize(2); // a file for each start
        assertThat(files.get(0).getFileName().toString()).startsWith("events.out.tfevents.1750000000.");
        List<Map<Integer, Object>> events = EventFile.read(files.get(0));
        assertThat(events).hasSize(3);
        assertThat(events).allSatisfy(event -> assertThat(event).containsEntry(1, 1.75e9));
        assertThat(new String(EventFile.bytes(events.get(0), 3), StandardCharsets.UTF_8))
                .isEqualTo("brain.Event:2");
        assertThat(events.get(1)).containsEntry(2, 301L);
        assertThat(EventFile.message(EventFile.bytes(events.get(1), 7))).containsExactly(Map.entry(1, 1L)); // START
        assertThat(events.get(2)).containsEntry(2, 301L);
        List<Map.Entry<Integer, Object>> values = EventFile.message(EventFile.bytes(events.get(2), 5));
        assertThat(values).hasSize(2);
        List<Map.Entry<Integer, Object>> accuracy =
                EventFile.message((byte[]) values.get(0).getValue());
        assertThat(new String((byte[]) accuracy.get(0).getValue(), StandardCharsets.UTF_8))
                .isEqualTo("rewards/accuracies");
        assertThat(accuracy.get(1)).isEqualTo(Map.entry(2, 0.75f));
        assertThat(EventFile.message((byte[]) values.get(1).getValue()).get(1)).isEqualTo(Map.entry(2, Float.NaN));
    }

    @Test
    void whatWasLoggedBeforeAKillCanBeRead() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        for (int kill = 0; kill < 3; kill++) {
            Path run = Files.createDirectory(folder.resolve("killed-" + kill));
            Process child = ChildJvm.start(LoggedRun.class, run.toString());
            while (!Files.exists(run.resolve("log.jsonl")) || Files.size(run.resolve("log.jsonl")) < 100_000) {
                assertThat(child.isAlive()).isTrue();
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(50));
            child.destroyForcibly().waitFor(); // SIGKILL
            List<String> lines = Files.readAllLines(run.resolve("log.jsonl"));
            ObjectMapper json = new ObjectMapper();
            for (int step = 1; step <= lines.size(); step++) {
                assertThat(json.readTree(lines.get(step - 1)).path("step").asInt())
                        .isEqualTo(step);
            }
            try (Stream<Path> files = Files.list(run.resolve("board"))) {
                List<Map<Integer, Object>> events =
                        EventFile.read(files.findFirst().orElseThrow());
                assertThat(events)
                        .hasSizeBetween(lines.size(), lines.size() + 1); // its version, and perhaps not the last step
            }
        }
    }

    /** Reads event files with a checksum computed bit by bit, as the format's description says. */
    private static final class EventFile {
        static List<Map<Integer, Object>> read(Path file) throws IOException {
            assertThat(crc("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE3069283L); // the known answer
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            List<Map<Integer, Object>> events = new ArrayList<>();
            while (bytes.hasRemaining()) {
                byte[] header = new byte[8];
                bytes.get(header);
                assertThat(Integer.toUnsignedLong(bytes.getInt())).isEqualTo(masked(header));
                byte[] data = new byte
                        [(int) ByteBuffer.wrap(header)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong()];
                bytes.get(data);
                assertThat(Integer.toUnsignedLong(bytes.getInt())).isEqualTo(masked(data));
                Map<Integer, Object> event = new LinkedHashMap<>();
                message(data).forEach(field -> event.put(field.getKey(), field.getValue()));
                events.add(event);
            }
            return events;
        }

        static byte[] bytes(Map<Integer, Object> event, int field) {
            return (byte[]) Objects.requireNonNull(event.get(field), () -> "field " + field);
        }

        private static long masked(byte[] data) {
            long crc = crc(data);
            return (((crc >>> 15) | ((crc << 17) & 0xffffffffL)) + 0xa282ead8L) & 0xffffffffL;
        }

        private static long crc(byte[] data) {
            long crc = 0xffffffffL;
            for (byte one : data) {
                crc ^= one & 0xff;
                for (int bit = 0; bit < 8; bit++) {
                    crc = (crc & 1) == 1 ? crc >>> 1 ^ 0x82f63b78L : crc >>> 1;
                }
            }
            return crc ^ 0xffffffffL;
        }

        static List<Map.Entry<Integer, Object>> message(byte[] data) {
            ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
            List<Map.Entry<Integer, Object>> fields = new ArrayList<>();
            while (bytes.hasRemaining()) {
                long key = varint(bytes);
                Object value;
                switch ((int) (key & 7)) {
                    case 0 -> value = varint(bytes);
                    case 1 -> value = bytes.getDouble();
                    case 5 -> value = bytes.getFloat();
                    default -> {
                        byte[] some = new byte[(int) varint(bytes)];
                        bytes.get(some);
                        value = some;
                    }
                }
                fields.add(Map.entry((int) (key >> 3), value));
            }
            return fields;
        }

        private static long varint(ByteBuffer bytes) {
            long number = 0;
            int shift = 0;
            byte one;
            do {
                one = bytes.get();
                number |= (long) (one & 0x7f) << shift;
                shift += 7;
            } while (one < 0);
            return number;
        }
    }
}
