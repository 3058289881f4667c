package org.rewardlab.lab.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@link HelpfulToy} as JSON Lines. */
public final class HelpfulToyFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HelpfulToyFile() {}

    /** The rows as UTF-8 text, one object a line: prompt, chosen, rejected, topic, latent_margin. */
    public static String text(HelpfulToy toy) {
        StringBuilder text = new StringBuilder();
        for (HelpfulToy.Row row : toy.rows()) {
            text.append(line(row)).append('\n');
        }
        return text.toString();
    }

    private static String line(HelpfulToy.Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(Preferences.PROMPT, row.pair().prompt());
        fields.put(Preferences.CHOSEN, row.pair().chosen());
        fields.put(Preferences.REJECTED, row.pair().rejected());
        fields.put("topic", row.topic());
        fields.put("latent_margin", row.latentMargin());
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes the rows to a file, aside first and then into place. */
    public static void write(HelpfulToy toy, Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(aside, text(toy).getBytes(StandardCharsets.UTF_8));
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be written: " + failure.getMessage(), failure);
        }
    }
}
