package org.rewardlab.lab.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of strict UTF-8: bytes are cut at newlines first, so that a wrong byte is found in its own line. */
final class Utf8Lines implements AutoCloseable {
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final byte[] chunk = new byte[1 << 16];
    private int position;
    private int limit;
    private boolean first = true;

    Utf8Lines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or null after the last one. */
    @Nullable
    String next() throws IOException {
        byte[] line = new byte[256];
        int length = 0;
        while (position < limit || fill()) {
            int end = position;
            while (end < limit && chunk[end] != '\n') {
                end++;
            }
            line = room(line, length + end - position);
            System.arraycopy(chunk, position, line, length, end - position);
            length += end - position;
            position = end;
            if (end < limit) {
                position++;
                return decode(line, length);
            }
        }
        return length == 0 ? null : decode(line, length);
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(chunk));
        return limit > 0;
    }

    private static byte[] room(byte[] line, int needed) {
        return needed <= line.length ? line : Arrays.copyOf(line, Math.max(needed, 2 * line.length));
    }

    private String decode(byte[] line, int length) throws IOException {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        String text = decoder.decode(ByteBuffer.wrap(line, 0, end)).toString();
        boolean marked = first && text.startsWith("\uFEFF");
        first = false;
        return marked ? text.substring(1) : text;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
