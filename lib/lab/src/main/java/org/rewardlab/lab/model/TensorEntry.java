package org.rewardlab.lab.model;

import java.nio.file.Path;
import java.util.List;

/**
 * A tensor of a checkpoint before it is loaded.
 *
 * @param name its name
 * @param file the file that holds it
 * @param type how its numbers stand there
 * @param shape its dimensions, none for a single number
 * @param offset of its first byte in the file
 * @param bytes how many there are
 */
public record TensorEntry(String name, Path file, RawType type, List<Long> shape, long offset, long bytes) {
    public TensorEntry {
        shape = List.copyOf(shape);
    }

    /** How many numbers it holds. */
    public long size() {
        return bytes / type.bytes();
    }

    long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
