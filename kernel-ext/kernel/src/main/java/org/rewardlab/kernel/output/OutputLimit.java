package org.rewardlab.kernel.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first 10 MB (of UTF-8) or 50,000 lines of a cell through; the whole text, from its first character, is
 * then in a file whose path the notice names.
 */
final class OutputLimit {

    private static final long MAX_BYTES = 10_000_000;
    private static final long MAX_LINES = 50_000;
    private static final int KEPT_IN_MEMORY = 1_000_000;

    private StringBuilder memory = new StringBuilder();
    private @Nullable Path file;
    private @Nullable BufferedWriter writer;
    private boolean fileFailed;
    private boolean ended;
    private long bytes;
    private long lines;
    private long heldBytes;
    private long heldLines;

    /** The part of the text that may be sent; after the limit a notice once, then nothing. */
    CharSequence admit(CharSequence text) {
        record(text);
        if (heldBytes > 0) {
            hold(text, 0);
            return "";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((bytes >= MAX_BYTES || lines >= MAX_LINES) && !Character.isLowSurrogate(c)) {
                hold(text, i);
                flush();
                return text.subSequence(0, i) + notice();
            }
            bytes += bytes(c);
            if (c == '\n') {
                lines++;
            }
        }
        return text;
    }

    private void hold(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            heldBytes += bytes(text.charAt(i));
            heldLines += text.charAt(i) == '\n' ? 1 : 0;
        }
    }

    /** The bytes of UTF-8 for a character, two for each half of a pair. */
    private static int bytes(char c) {
        return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    private String notice() {
        return "\n[output cut after %,d lines, %,d bytes; the full text: %s]\n".formatted(lines, bytes, place());
    }

    /** A word on how much was held back since the notice, or nothing. */
    String closingNotice() {
        ended = true;
        flush();
        return heldBytes == 0 ? "" : "[%,d more lines, %,d bytes in %s]%n".formatted(heldLines, heldBytes, place());
    }

    /** Brings the file up to date; text that is held back needs one, however short it is. */
    private void flush() {
        try {
            if (writer != null || (heldBytes > 0 && !fileFailed)) {
                file().flush();
            }
        } catch (IOException e) {
            fileFailed = true;
        }
    }

    private BufferedWriter file() throws IOException {
        BufferedWriter open = writer;
        if (open == null) {
            file = Files.createTempFile("cell-output-", ".txt");
            file.toFile().deleteOnExit();
            open = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            writer = open;
            open.append(memory);
            memory = new StringBuilder();
        }
        return open;
    }

    private String place() {
        return file == null || fileFailed ? "could not be kept, no temporary file can be written" : file.toString();
    }

    private void record(CharSequence text) {
        if (fileFailed) {
            return;
        }
        if (writer == null && memory.length() + text.length() <= KEPT_IN_MEMORY) {
            memory.append(text);
            return;
        }
        try {
            BufferedWriter to = file();
            to.append(text);
            if (ended) {
                to.flush(); // a thread that outlives its cell: nobody else will
            }
        } catch (IOException e) {
            fileFailed = true;
        }
    }
}
