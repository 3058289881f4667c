package org.rewardlab.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookTest {
    private static final String CURRENT = """
            {
             "cells": [
              {
               "attachments": {
                "dot.png": {
                 "image/png": "iVBORw0KGgo="
                }
               },
               "cell_type": "markdown",
               "id": "intro",
               "metadata": {
                "zeta": 1.50,
                "alpha": {}
               },
               "source": [
                "# Ein Titel \\u00fc\\n",
                "![dot](attachment:dot.png)"
               ]
              },
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "one",
               "metadata": {
                "tags": [
                 "parameters"
                ]
               },
               "outputs": [],
               "source": []
              }
             ],
             "metadata": {
              "kernelspec": {
               "display_name": "RewardLab (Java)",
               "language": "java",
               "name": "rewardlab"
              },
              "unknown": [
               1e-7,
               12345678901234567890
              ]
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }
            """;

    @Test
    void aCurrentNotebookIsWrittenBackByteForByte() {
        String text = CURRENT.replace("\\u00fc", "ü");
        Notebook notebook = Notebook.parse(text, "a.ipynb");

        assertThat(notebook.toJson()).isEqualTo(text.replace("1e-7", "1E-7"));
        assertThat(NotebookSchema.problems(notebook.toJson())).isEmpty();
        assertThat(notebook.language()).isEqualTo("java");
        assertThat(notebook.cells().get(1).tags()).containsExactly("parameters");
        assertThat(notebook.cells().get(0).attachments().get("dot.png")).containsEntry("image/png", "iVBORw0KGgo=");
    }

    @Test
    void anOlderNotebookGetsIdsTheFieldsItLacksAndLines() {
        String old = """
                {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [
                 {"cell_type": "code", "source": "int a = 1;\\na"},
                 {"cell_type": "markdown", "metadata": {}, "source": ["x"]},
                 {"cell_type": "code", "id": "not an id!", "metadata": {}, "source": "int a = 1;\\na",
                  "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]}]}""";
        Notebook notebook = Notebook.parse(old, "old.ipynb");

        assertThat(NotebookSchema.problems(notebook.toJson())).isEmpty();
        assertThat(notebook.toJson()).contains("\"nbformat_minor\": 5").contains("\"int a = 1;\\n\",");
        assertThat(notebook.cells())
                .extracting(Cell::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.length() == 8);
        assertThat(Notebook.parse(old, "old.ipynb").toJson()).isEqualTo(notebook.toJson());
    }

    @Test
    void equalIdsAreToldApart() {
        String twice = """
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
                 {"cell_type": "raw", "id": "a", "metadata": {}, "source": "x"},
                 {"cell_type": "raw", "id": "a", "metadata": {}, "source": "x"}]}""";

        List<Cell> cells = Notebook.parse(twice, "n").cells();

        assertThat(cells.get(0).id()).isEqualTo("a");
        assertThat(cells.get(1).id()).isNotEqualTo("a");
    }

    @Test
    void brokenFilesAreNamedWithTheLine() {
        assertThatThrownBy(() -> Notebook.parse("{\"cells\": [\n  {\n   oops\n", "dir/b.ipynb"))
                .isInstanceOf(NotebookException.class)
                .hasMessageStartingWith("dir/b.ipynb:3: not a notebook: broken JSON: ")
                .message()
                .doesNotContain("\n");
        assertThatThrownBy(() -> Notebook.parse("[1]", "b.ipynb")).hasMessageContaining("nbformat");
        assertThatThrownBy(() -> Notebook.parse(" \n", "b.ipynb")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Notebook.parse("{\"nbformat\": 3, \"worksheets\": []}", "b.ipynb"))
                .hasMessageContaining("nbformat 3 is not supported");
        assertThatThrownBy(() -> Notebook.parse("{\"nbformat\": 4}", "b.ipynb")).hasMessageContaining("\"cells\"");
        assertThatThrownBy(() -> Notebook.parse(
                        "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\", \"source\": \"\"}]}", "b.ipynb"))
                .hasMessageContaining("cell 1")
                .hasMessageContaining("heading");
        assertThatThrownBy(() -> Notebook.parse("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\"}]}", "b.ipynb"))
                .hasMessageContaining("\"source\"");
    }

    @Test
    void filesThatCannotBeReadSayWhy(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> Notebook.read(folder.resolve("no.ipynb"))).hasMessageContaining("no such notebook");
        assertThatThrownBy(() -> Notebook.read(folder)).hasMessageContaining("it is a folder");
        Path latin = Files.write(folder.resolve("latin.ipynb"), "{\"ü\": 1}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Notebook.read(latin)).hasMessageContaining("UTF-8");
    }

    @Test
    void writingReplacesTheFileAndLeavesNothingBeside(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("deep/er/n.ipynb");
        Notebook notebook = Notebook.parse(CURRENT, "n");
        notebook.write(file);
        notebook.insert(1, Cell.code("new", "int b = 2;", List.of("injected-parameters")));
        notebook.write(file);

        assertThat(Notebook.read(file).cells()).extracting(Cell::id).containsExactly("intro", "new", "one");
        assertThat(NotebookSchema.problems(Files.readString(file))).isEmpty();
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aSymbolicLinkStaysALink(@TempDir Path folder) throws Exception {
        Path real = Files.writeString(folder.resolve("real.ipynb"), CURRENT);
        Path link = Files.createSymbolicLink(folder.resolve("link.ipynb"), real);

        Notebook.read(link).write(link);

        assertThat(link).isSymbolicLink();
        assertThat(Notebook.read(real).cells()).hasSize(2);
    }
}
