package org.rewardlab.lab.paper;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rewardlab.lab.display.Displayable;

/**
 * One row of the catalogue.
 *
 * @param number 1 to 57
 * @param slug the short name in the file names of notebook and figure, such as {@code par}
 * @param title the paper's
 * @param year of its first version
 * @param arxiv its id there
 * @param family what it is about, as one groups papers
 * @param primitives the classes of the library that hold it, such as {@code org.rewardlab.reward.LogSigmoid}; empty while none does
 * @param claim what its notebook checks, one sentence
 * @param reported the paper's own numbers, or that it gives none
 */
public record Paper(
        int number,
        String slug,
        String title,
        int year,
        String arxiv,
        String family,
        List<String> primitives,
        String claim,
        String reported)
        implements Displayable {

    public Paper {
        primitives = List.copyOf(primitives);
    }

    /** The number with two digits and the slug, such as {@code 32-par}: how notebook and figure are named. */
    public String name() {
        return String.format("%02d-%s", number, slug);
    }

    /** The simple names of the primitives. */
    public List<String> primitiveNames() {
        return primitives.stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .toList();
    }

    /** Where the notebook lies below the project's folder, whether or not it is there. */
    public Path notebook() {
        return Path.of("notebooks", "papers", name() + ".ipynb");
    }

    /** Where the figure lies below the project's folder, whether or not it is there. */
    public Path figure() {
        return Path.of("figures", name() + ".svg");
    }

    /** What the executed notebook shows; empty where there is none. */
    public Optional<ExecutedNotebook> results() {
        return Papers.results(this);
    }

    /** The paper's own numbers beside what our notebook claims and found, with what differs in scale. */
    public PaperCard headline(String... differences) {
        return new PaperCard(this, List.of(differences));
    }

    @Override
    public Map<String, Object> mimeBundle() {
        return headline().mimeBundle();
    }

    @Override
    public String toString() {
        return name() + ": " + title + " (" + year + ", arXiv " + arxiv + ")";
    }
}
