package org.rewardlab.lab.paper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rewardlab.lab.experiment.Claim;

/**
 * What a notebook that was run and kept says.
 *
 * @param file where it lies
 * @param title its first heading
 * @param claims what it claimed, in order
 * @param figures the names of the figures that it makes, in order
 */
public record ExecutedNotebook(Path file, String title, List<ClaimResult> claims, List<String> figures) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HEADING = Pattern.compile("(?m)^#\\s+(.+)$");

    public ExecutedNotebook {
        claims = List.copyOf(claims);
        figures = List.copyOf(figures);
    }

    /**
     * Reads a notebook.
     *
     * @param file an {@code .ipynb} file
     * @param figureFolder where figures lie: those whose names begin with the notebook's are its own
     * @throws IllegalArgumentException when the file is no notebook, naming it
     */
    public static ExecutedNotebook read(Path file, Path figureFolder) {
        try {
            JsonNode notebook = JSON.readTree(file.toFile());
            String title = "";
            List<ClaimResult> claims = new ArrayList<>();
            for (JsonNode cell : notebook.path("cells")) {
                if (title.isEmpty()) {
                    title = heading(text(cell.path("source")));
                }
                for (JsonNode output : cell.path("outputs")) {
                    JsonNode claim = output.path("data").path(Claim.MIME);
                    if (!claim.isMissingNode()) {
                        claims.add(ClaimResult.of(claim.isObject() ? claim : JSON.readTree(text(claim))));
                    }
                }
            }
            return new ExecutedNotebook(file, title, claims, figures(file, figureFolder));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "file: expected a notebook, got " + file + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> figures(Path file, Path folder) throws IOException {
        String stem = file.getFileName().toString().replaceFirst("\\.ipynb$", "");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".svg") && name.startsWith(stem))
                    .map(name -> name.substring(0, name.length() - ".svg".length()))
                    .sorted()
                    .toList();
        }
    }

    private static String heading(String source) {
        Matcher matcher = HEADING.matcher(source);
        return matcher.find() ? matcher.group(1).strip() : "";
    }

    private static String text(JsonNode source) {
        if (!source.isArray()) {
            return source.asText();
        }
        StringBuilder all = new StringBuilder();
        source.forEach(line -> all.append(line.asText()));
        return all.toString();
    }

    /** {@code holds} when every claim does, {@code fails} when one does, {@code no claim} or {@code not judged} otherwise. */
    public String verdict() {
        if (claims.isEmpty()) {
            return "no claim";
        }
        if (claims.stream().anyMatch(claim -> claim.verdict().equals("fails"))) {
            return "fails";
        }
        return claims.stream().allMatch(ClaimResult::holds) ? "holds" : "not judged";
    }
}
