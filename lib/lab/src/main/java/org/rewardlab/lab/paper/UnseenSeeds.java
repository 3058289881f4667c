package org.rewardlab.lab.paper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rewardlab.lab.statistics.Digits;

/**
 * What a notebook's claims came to with root seeds that nobody looked at while building it.
 *
 * @param seeds the root seeds
 * @param verdicts one for each seed
 * @param margins the margin of the first check of the first claim, one for each seed; null where there is no number
 */
public record UnseenSeeds(List<Long> seeds, List<String> verdicts, List<Double> margins) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".seeds.json";

    public UnseenSeeds {
        if (seeds.size() != verdicts.size() || seeds.size() != margins.size()) {
            throw new IllegalArgumentException("verdicts, margins: expected one for each of " + seeds.size()
                    + " seeds, got " + verdicts.size() + " and " + margins.size());
        }
        seeds = List.copyOf(seeds);
        verdicts = List.copyOf(verdicts);
        margins = new ArrayList<>(margins);
    }

    /** What is kept for the notebook of that name in a folder of figures; empty where nothing is. */
    public static Optional<UnseenSeeds> read(Path folder, String name) {
        Path file = folder.resolve(name + SUFFIX);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), UnseenSeeds.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("file: expected seeds, verdicts and margins, got " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads the runs of one notebook, one for each seed. */
    public static UnseenSeeds of(List<Long> seeds, List<ExecutedNotebook> runs) {
        return new UnseenSeeds(
                seeds,
                runs.stream().map(ExecutedNotebook::verdict).toList(),
                runs.stream()
                        .map(run -> run.claims().isEmpty()
                                ? Double.NaN
                                : run.claims().get(0).margin())
                        .toList());
    }

    /** Keeps it beside the figures: written aside, then moved. */
    public void write(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + SUFFIX);
        Path aside = folder.resolve(name + SUFFIX + ".part");
        Files.writeString(aside, JSON.writeValueAsString(this) + "\n");
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** How many seeds the claims held for, and the smallest margin: {@code 5 of 5, by at least 0.12}. */
    public String summary() {
        long holding = verdicts.stream().filter("holds"::equals).count();
        double least = margins.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        String range = Double.isNaN(least) ? "" : ", smallest margin " + Digits.significant(least, 3);
        return holding + " of " + seeds.size() + range;
    }
}
