package org.rewardlab.lab.paper;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.rewardlab.lab.experiment.Home;
import org.rewardlab.lab.statistics.Digits;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The catalogue: all papers, each with its primitives, notebook, figure, claim and verdict. */
public final class Papers {
    private static final List<Paper> ALL = load();

    private Papers() {}

    private static List<Paper> load() {
        try (InputStream in = Objects.requireNonNull(Papers.class.getResourceAsStream("papers.json"))) {
            return List.copyOf(new ObjectMapper().readValue(in, new TypeReference<List<Paper>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All papers in the order of their numbers. */
    public static List<Paper> all() {
        return ALL;
    }

    /**
     * One paper.
     *
     * @param number 1 to 57; anything else is rejected
     */
    public static Paper of(int number) {
        if (number < 1 || number > ALL.size()) {
            throw new IllegalArgumentException("number: expected a paper from 1 to " + ALL.size() + ", got " + number);
        }
        return ALL.get(number - 1);
    }

    /** What the paper's executed notebook shows; empty where there is no notebook yet. */
    static Optional<ExecutedNotebook> results(Paper paper) {
        Path file = Home.folder().resolve(paper.notebook());
        return Files.isRegularFile(file)
                ? Optional.of(ExecutedNotebook.read(file, Home.folder().resolve("figures")))
                : Optional.empty();
    }

    /** The catalogue as a table, one row a paper: what is there, the verdict, and the margin of the first check. */
    public static Table table() {
        IntColumn number = IntColumn.create("paper");
        StringColumn title = StringColumn.create("title");
        IntColumn year = IntColumn.create("year");
        StringColumn family = StringColumn.create("family");
        StringColumn primitives = StringColumn.create("primitives");
        StringColumn notebook = StringColumn.create("notebook");
        StringColumn verdict = StringColumn.create("verdict");
        StringColumn margin = StringColumn.create("margin");
        for (Paper paper : ALL) {
            Optional<ExecutedNotebook> run = results(paper);
            number.append(paper.number());
            title.append(paper.title());
            year.append(paper.year());
            family.append(paper.family());
            primitives.append(paper.primitives().isEmpty() ? "not yet" : String.join(", ", paper.primitiveNames()));
            notebook.append(run.isPresent() ? paper.name() : "not yet");
            verdict.append(run.map(ExecutedNotebook::verdict).orElse(""));
            margin.append(run.flatMap(found -> found.claims().stream().findFirst())
                    .map(claim -> Digits.significant(claim.margin(), 3))
                    .orElse(""));
        }
        return Table.create("papers", number, title, year, family, primitives, notebook, verdict, margin);
    }
}
