package org.rewardlab.lab.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens a data file and unpacks it where it is gzipped, whatever its name says. */
final class DataStream {
    private static final int BUFFER = 1 << 16;

    private DataStream() {}

    static InputStream open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            bytes.mark(2);
            boolean gzipped = bytes.read() == 0x1f && bytes.read() == 0x8b;
            bytes.reset();
            return gzipped ? new GZIPInputStream(bytes, BUFFER) : bytes;
        } catch (IOException failure) {
            bytes.close();
            throw failure;
        }
    }
}
