package org.rewardlab.lab.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.lab.experiment.Home;

class PapersTest {

    @Test
    void everyPaperHasARowInOrder() {
        assertThat(Papers.all()).hasSize(57);
        for (int i = 1; i <= 57; i++) {
            assertThat(Papers.of(i).number()).isEqualTo(i);
            assertThat(Papers.of(i).arxiv()).matches("\\d{4}\\.\\d{5}");
            assertThat(Papers.of(i).claim()).endsWith(".");
            assertThat(Papers.of(i).reported()).endsWith(".");
        }
        assertThat(Papers.all()).extracting(Paper::slug).doesNotHaveDuplicates();
        assertThat(Papers.table().rowCount()).isEqualTo(57);
    }

    @Test
    void everyPrimitiveNamedIsAClassOfTheLibrary() {
        assertThat(Papers.all())
                .allSatisfy(paper -> assertThat(paper.primitives()).allSatisfy(name -> Class.forName(name)));
    }

    @Test
    void aPaperOutsideTheCatalogueIsRejected() {
        assertThatThrownBy(() -> Papers.of(58))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number: expected a paper from 1 to 57, got 58");
    }

    @Test
    void theCardShowsWhatThePaperReportsAndWhatDiffers() {
        PaperCard card = Papers.of(32).headline("Ours is a table & a toy.");
        assertThat(card.toString()).contains("AlpacaEval").contains("Ours is a table & a toy.");
        assertThat(card.html())
                .contains("Ours is a table &amp; a toy.")
                .contains(Papers.of(32).arxiv());
    }

    @Test
    void verdictsAreReadFromNotebooks(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("32-par.ipynb");
        Files.writeString(file, """
                {"cells": [{"cell_type": "markdown", "source": ["# A title\\n", "more"]},
                  {"cell_type": "code", "source": "x", "outputs": [{"data": {"application/vnd.rewardlab.claim+json":
                    {"statement": "s", "verdict": "holds", "scale": "laptop", "seeds": 5,
                     "checks": [{"what": "a", "relation": "at least 1", "estimate": 1.5, "margin": 0.5}]}}}]}]}
                """);
        Files.writeString(folder.resolve("32-par.svg"), "<svg/>");
        ExecutedNotebook run = ExecutedNotebook.read(file, folder);
        assertThat(run.title()).isEqualTo("A title");
        assertThat(run.verdict()).isEqualTo("holds");
        assertThat(run.figures()).containsExactly("32-par");
        assertThat(run.claims()).containsExactly(new ClaimResult("s", "holds", "laptop", "a at least 1", 1.5, 0.5, 5));
        UnseenSeeds.of(List.of(7L), List.of(run)).write(folder, "32-par");
        assertThat(UnseenSeeds.read(folder, "32-par").orElseThrow().summary()).isEqualTo("1 of 1, smallest margin 0.5");
        Files.writeString(file, "{ no json");
        assertThatThrownBy(() -> ExecutedNotebook.read(file, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32-par.ipynb");
    }

    @Test
    void theKeptGalleryIsTheOneThatTheNotebooksGive() throws IOException {
        assertThat(Files.readString(Home.folder().resolve("figures/INDEX.md")))
                .as("figures/INDEX.md: remake it with environment/rewardlab papers --gallery")
                .isEqualTo(new Gallery(Home.folder()).markdown());
    }
}
