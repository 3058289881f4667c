package org.rewardlab.lab.data;

import java.nio.file.Path;

/**
 * Where a row stands.
 *
 * @param file the file as it was named
 * @param line its line, counted from 1
 */
public record Place(Path file, long line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
