package org.rewardlab.lab.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rewardlab.lab.statistics.Digits;

/** The page of all figures, {@code figures/INDEX.md}, with what the kept runs of their notebooks say. */
public final class Gallery {
    private static final String HEAD = """
            # Gallery

            Each figure with the claim that it bears on, made by `environment/rewardlab figures` from what the notebooks' runs at the `laptop` scale say.
            The margin is how far inside its bound the first check of the claim was judged. *Other seeds* are root seeds that nobody looked at while
            building the notebook, run by `environment/rewardlab seeds`.

            """;

    private static final String COLUMNS = """
            | figure | notebook | claim | verdict | margin | other seeds |
            | --- | --- | --- | --- | --- | --- |
            """;

    private final Path home;

    /** The gallery of the project in that folder. */
    public Gallery(Path home) {
        this.home = home;
    }

    /** The page. */
    public String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("## Course\n\n").append(COLUMNS);
        for (Path notebook : notebooks("course")) {
            page.append(row(ExecutedNotebook.read(notebook, figures())));
        }
        page.append("\n## Papers\n\n").append(COLUMNS);
        for (Paper paper : Papers.all()) {
            Path notebook = home.resolve(paper.notebook());
            page.append(
                    Files.isRegularFile(notebook)
                            ? row(ExecutedNotebook.read(notebook, figures()))
                            : "| not yet | " + paper.name() + ": " + cell(paper.title()) + " | " + cell(paper.claim())
                                    + " | | | |\n");
        }
        return page.toString();
    }

    /** Writes the page, aside first. */
    public void write() throws IOException {
        Path aside = figures().resolve("INDEX.md.part");
        Files.writeString(aside, markdown());
        Files.move(aside, figures().resolve("INDEX.md"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path figures() {
        return home.resolve("figures");
    }

    private List<Path> notebooks(String part) {
        Path folder = home.resolve("notebooks").resolve(part);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var inside = Files.list(folder)) {
            return inside.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    private String row(ExecutedNotebook run) {
        String file = run.file().getFileName().toString();
        String name = file.substring(0, file.length() - ".ipynb".length());
        String pictures = run.figures().stream()
                .map(figure ->
                        "[![" + figure + "](" + figure + ".png)](" + figure + ".svg) [numbers](" + figure + ".csv)")
                .collect(Collectors.joining("<br>"));
        String link =
                "[" + name + "](../" + home.relativize(run.file()).toString().replace('\\', '/') + ")";
        String statements =
                run.claims().stream().map(claim -> cell(claim.statement())).collect(Collectors.joining("<br>"));
        String margins = run.claims().stream()
                .map(claim -> Double.isNaN(claim.margin()) ? "" : Digits.significant(claim.margin(), 3))
                .collect(Collectors.joining("<br>"));
        Optional<UnseenSeeds> seeds = UnseenSeeds.read(figures(), name);
        return "| " + pictures + " | " + link + " | " + statements + " | " + run.verdict() + " | " + margins + " | "
                + seeds.map(UnseenSeeds::summary).orElse("") + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
