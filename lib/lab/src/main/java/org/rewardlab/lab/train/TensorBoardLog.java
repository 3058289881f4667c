package org.rewardlab.lab.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes the metrics of each step as scalars that TensorBoard shows: a file of records (length, masked CRC-32C of the length,
 * an {@code Event} in protocol buffers' encoding, masked CRC-32C of that).
 *
 * <p>Each start of a run writes a file of its own; one that goes on from a checkpoint says so, and TensorBoard drops what
 * the file before said of later steps.
 */
public final class TensorBoardLog implements TrainingListener {
    private static final int DOUBLE = 1;
    private static final int BYTES = 2;
    private static final int FLOAT = 5;

    private final Path folder;
    private final DoubleSupplier clock;
    private @Nullable Path file;

    /**
     * @param folder of the run, which is made if it is not there
     */
    public TensorBoardLog(Path folder) {
        this(folder, () -> System.currentTimeMillis() / 1e3);
    }

    TensorBoardLog(Path folder, DoubleSupplier clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public void started(int steps) {
        try {
            Files.createDirectories(folder);
            double now = clock.getAsDouble();
            int number = 0;
            Path path;
            do {
                path = folder.resolve(String.format(
                        java.util.Locale.ROOT, "events.out.tfevents.%010d.rewardlab.%d", (long) now, number++));
            } while (Files.exists(path));
            Files.createFile(path);
            file = path;
        } catch (IOException failure) {
            throw new UncheckedIOException(folder + ": cannot be written: " + failure.getMessage(), failure);
        }
        Message event = event(0);
        event.bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        append(event.toBytes());
    }

    @Override
    public void resumed(int step) {
        Message event = event(step + 1L);
        Message session = new Message();
        session.number(1, 1); // SessionLog.START: from this step on, what was logged before does not hold
        event.bytes(7, session.toBytes());
        append(event.toBytes());
    }

    @Override
    public void stepped(TrainingStep step) {
        Message summary = new Message();
        for (Map.Entry<String, Double> metric : step.metrics().entrySet()) {
            if (!metric.getKey().equals("step")) {
                Message value = new Message();
                value.bytes(1, metric.getKey().getBytes(StandardCharsets.UTF_8));
                value.real(2, metric.getValue().floatValue());
                summary.bytes(1, value.toBytes());
            }
        }
        Message event = event(step.number());
        event.bytes(5, summary.toBytes());
        append(event.toBytes());
    }

    private Message event(long step) {
        Message event = new Message();
        event.real(1, clock.getAsDouble());
        event.number(2, step);
        return event;
    }

    private void append(byte[] data) {
        Path path = file;
        if (path == null) {
            throw new IllegalStateException("started: expected to be called before steps, got a step first");
        }
        ByteBuffer record = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(masked(record.array(), 8));
        record.put(data);
        record.putInt(masked(data, data.length));
        try {
            Files.write(path, record.array(), StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(path + ": cannot be written: " + failure.getMessage(), failure);
        }
    }

    private static int masked(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    /** A message in the making. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        private void key(int field, int type) {
            varint(((long) field << 3) | type);
        }

        private void varint(long number) {
            long rest = number;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        void number(int field, long value) {
            key(field, 0);
            varint(value);
        }

        void real(int field, double value) {
            key(field, DOUBLE);
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(value)
                    .array());
        }

        void real(int field, float value) {
            key(field, FLOAT);
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
        }

        void bytes(int field, byte[] value) {
            key(field, BYTES);
            varint(value.length);
            out.writeBytes(value);
        }

        byte[] toBytes() {
            return out.toByteArray();
        }
    }
}
