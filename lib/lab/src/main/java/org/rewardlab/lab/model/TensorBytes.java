package org.rewardlab.lab.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.rewardlab.tensor.Scope;

/** The numbers of one tensor between file and memory, in pieces that a buffer can hold: no tensor is too large. */
final class TensorBytes {

    private final long piece;

    /** @param piece most numbers that are moved at once */
    TensorBytes(long piece) {
        this.piece = piece;
    }

    /** A new array with the numbers of an entry. */
    NDArray read(FileChannel channel, TensorEntry entry, NDManager manager) throws IOException {
        try (Scope scope = Scope.open()) {
            Shape shape = new Shape(entry.dimensions());
            NDArray array = manager.create(shape, entry.type().inMemory(), Device.cpu());
            NDArray flat = array.reshape(-1);
            for (long from = 0; from < entry.size(); from += piece) {
                long to = Math.min(entry.size(), from + piece);
                ByteBuffer target = slice(flat, from, to).toByteBuffer(true).order(ByteOrder.nativeOrder());
                long place = entry.offset() + from * entry.type().bytes();
                if (standsAsInMemory(entry.type())) {
                    fill(channel, target, place);
                } else {
                    ByteBuffer bytes = ByteBuffer.allocate(
                                    (int) (to - from) * entry.type().bytes())
                            .order(ByteOrder.LITTLE_ENDIAN);
                    fill(channel, bytes, place);
                    decode(entry.type(), bytes.flip(), target);
                }
            }
            boolean home = !manager.getDevice().isGpu();
            return scope.keep(home ? array : array.toDevice(manager.getDevice(), false));
        }
    }

    /** Appends the numbers of an array to a file. */
    void write(FileChannel channel, NDArray array, RawType type) throws IOException {
        try (Scope scope = Scope.open()) {
            NDArray flat = array.toDevice(Device.cpu(), false).reshape(-1);
            for (long from = 0; from < array.size(); from += piece) {
                long to = Math.min(array.size(), from + piece);
                ByteBuffer bytes = slice(flat, from, to).toByteBuffer(true).order(ByteOrder.nativeOrder());
                ByteBuffer encoded = standsAsInMemory(type) ? bytes : encode(type, bytes);
                while (encoded.hasRemaining()) {
                    channel.write(encoded);
                }
            }
        }
    }

    private static boolean standsAsInMemory(RawType type) {
        return !type.converts() && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    private static void fill(FileChannel channel, ByteBuffer target, long from) throws IOException {
        int start = target.position();
        while (target.hasRemaining()) {
            if (channel.read(target, from + target.position() - start) < 0) {
                throw new EOFException("the file has become shorter");
            }
        }
    }

    private static NDArray slice(NDArray flat, long from, long to) {
        return from == 0 && to == flat.size() ? flat : flat.get(from + ":" + to);
    }

    private static void decode(RawType type, ByteBuffer from, ByteBuffer to) {
        switch (type) {
            case F64, I64 -> to.asLongBuffer().put(from.asLongBuffer());
            case F32, I32 -> to.asIntBuffer().put(from.asIntBuffer());
            case BF16 -> {
                var source = from.asShortBuffer();
                var target = to.asFloatBuffer();
                for (int i = 0; i < source.limit(); i++) {
                    target.put(i, HalfPrecision.fromBfloat16(source.get(i)));
                }
            }
            case F16 -> {
                var source = from.asShortBuffer();
                var target = to.asFloatBuffer();
                for (int i = 0; i < source.limit(); i++) {
                    target.put(i, HalfPrecision.fromFloat16(source.get(i)));
                }
            }
            case I8, U8, BOOL -> to.put(from);
        }
    }

    private static ByteBuffer encode(RawType type, ByteBuffer from) {
        int numbers = type.converts() ? from.remaining() / 4 : from.remaining() / type.bytes();
        ByteBuffer to = ByteBuffer.allocate(numbers * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case F64, I64 -> to.asLongBuffer().put(from.asLongBuffer());
            case F32, I32 -> to.asIntBuffer().put(from.asIntBuffer());
            case BF16 -> {
                var source = from.asFloatBuffer();
                for (int i = 0; i < numbers; i++) {
                    to.putShort(2 * i, HalfPrecision.toBfloat16(source.get(i)));
                }
            }
            case F16 -> {
                var source = from.asFloatBuffer();
                for (int i = 0; i < numbers; i++) {
                    to.putShort(2 * i, HalfPrecision.toFloat16(source.get(i)));
                }
            }
            case I8, U8, BOOL -> to.put(0, from, from.position(), from.remaining());
        }
        return to;
    }
}
