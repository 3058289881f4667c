package org.rewardlab.kernel.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first 10 million characters or 50,000 lines of a cell through; the whole text, from its first character, is
 * then in a file whose path the notice names.
 */
final class OutputLimit {

    private static final long MAX_CHARS = 10_000_000;
    private static final long MAX_LINES = 50_000;
    private static final int KEPT_IN_MEMORY = 1_000_000;

    private StringBuilder memory = new StringBuilder();
    private @Nullable Path file;
    private @Nullable BufferedWriter writer;
    private boolean fileFailed;
    private long chars;
    private long lines;
    private long heldChars;
    private long heldLines;

    /** The part of the text that may be sent; after the limit a notice once, then nothing. */
    CharSequence admit(CharSequence text) {
        record(text);
        if (heldChars > 0) {
            hold(text, 0);
            return "";
        }
        for (int i = 0; i < text.length(); i++) {
            if (chars >= MAX_CHARS || lines >= MAX_LINES) {
                hold(text, i);
                return text.subSequence(0, i) + notice();
            }
            chars++;
            if (text.charAt(i) == '\n') {
                lines++;
            }
        }
        return text;
    }

    private void hold(CharSequence text, int from) {
        heldChars += text.length() - from;
        heldLines += text.chars().skip(from).filter(c -> c == '\n').count();
    }

    private String notice() {
        return "\n[output cut after %,d lines, %,d characters; the full text: %s]\n".formatted(lines, chars, place());
    }

    /** A word on how much was held back since the notice, or nothing. */
    String closingNotice() {
        if (writer != null) {
            try {
                writer.flush();
            } catch (IOException e) {
                fileFailed = true;
            }
        }
        return heldChars == 0
                ? ""
                : "[%,d more lines, %,d characters in %s]%n".formatted(heldLines, heldChars, place());
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
            if (writer == null) {
                file = Files.createTempFile("cell-output-", ".txt");
                file.toFile().deleteOnExit();
                writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                writer.append(memory);
                memory = new StringBuilder();
            }
            writer.append(text);
        } catch (IOException e) {
            fileFailed = true;
        }
    }
}
