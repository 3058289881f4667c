package org.rewardlab.lab.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads JSON Lines row by row, plain or gzipped, and says file and line of whatever is wrong. */
final class JsonLines {
    private static final ObjectReader ROWS = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    private JsonLines() {}

    /** What becomes of a row. */
    @FunctionalInterface
    interface RowHandler {
        void accept(ObjectNode row, Place place);
    }

    /**
     * Hands every row of a file to the handler, in order; blank lines are skipped.
     *
     * @return the number of rows
     * @throws InvalidDataException if the file is missing, damaged, not UTF-8, or a line is not one JSON object
     */
    static long read(Path file, RowHandler handler) {
        if (!Files.isRegularFile(file)) {
            throw InvalidDataException.in(file, Files.exists(file) ? "not a file" : "no such file");
        }
        long rows = 0;
        Place place = new Place(file, 0);
        try (InputStream in = DataStream.open(file);
                Utf8Lines lines = new Utf8Lines(in)) {
            for (String text = next(lines, place); text != null; text = next(lines, place)) {
                place = new Place(file, place.line() + 1);
                if (!text.isBlank()) {
                    handler.accept(parse(text, place), place);
                    rows++;
                }
            }
        } catch (EOFException | ZipException damaged) {
            throw InvalidDataException.in(file, damage(damaged, place.line()));
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be read: " + failure.getMessage(), failure);
        }
        return rows;
    }

    private static @Nullable String next(Utf8Lines lines, Place last) throws IOException {
        try {
            return lines.next();
        } catch (CharacterCodingException notUtf8) {
            throw InvalidDataException.at(
                    new Place(last.file(), last.line() + 1), "not UTF-8 text; save the file in that encoding");
        }
    }

    private static String damage(IOException failure, long line) {
        String where = line == 0 ? "" : ", after line " + line;
        return failure instanceof EOFException
                ? "truncated: the gzip stream ends before its end mark" + where + "; fetch the file again"
                : "damaged gzip stream" + where + ": " + failure.getMessage();
    }

    private static ObjectNode parse(String text, Place place) {
        try {
            JsonNode node = ROWS.readValue(text);
            if (node instanceof ObjectNode row) {
                return row;
            }
            throw InvalidDataException.at(
                    place,
                    "expected a JSON object, came " + node.getNodeType().name().toLowerCase(Locale.ROOT));
        } catch (JsonProcessingException broken) {
            throw InvalidDataException.at(place, "broken JSON: " + broken.getOriginalMessage() + column(broken));
        }
    }

    private static String column(JsonProcessingException broken) {
        return broken.getLocation() == null
                ? ""
                : " (column " + broken.getLocation().getColumnNr() + ")";
    }
}
