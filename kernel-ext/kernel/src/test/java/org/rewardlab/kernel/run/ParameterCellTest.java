package org.rewardlab.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.Notebook;

class ParameterCellTest {
    @TempDir
    private Path folder;

    private Notebook notebook(String... parameters) throws Exception {
        NotebookFile file = NotebookFile.java().text("# T").code("int before = 1;");
        for (String source : parameters) {
            file.code(source, "parameters");
        }
        return Notebook.read(file.code("after").write(folder.resolve("n.ipynb")));
    }

    private static List<String> lines(Notebook notebook) {
        Cell cell = notebook.cells().stream()
                .filter(c -> c.tags().contains("injected-parameters"))
                .findFirst()
                .orElseThrow();
        return cell.source().lines().toList();
    }

    @Test
    void valuesAreAssignedInTheTypeTheNotebookDeclares() throws Exception {
        Notebook notebook = notebook(
                "int epochs = 3; // how long\nfinal double beta = 0.1;\nString name = \"a\";\nvar rate = 0.5f;\nlong seed = 1;\n"
                        + "var data = \"x\";\nList<Integer> sizes = List.of(1);\nfloat clip = .2f;\nvar big = 5L;");
        Map<String, String> values = new TreeMap<>(Map.of(
                "epochs",
                "10",
                "beta",
                "1",
                "name",
                "7",
                "rate",
                "0.25",
                "seed",
                "12345678901",
                "data",
                "a \"b\"\\c",
                "sizes",
                "List.of(2, 3)",
                "clip",
                "1f",
                "big",
                "6"));

        List<String> unknown = ParameterCell.inject(notebook, values);

        assertThat(unknown).isEmpty();
        assertThat(lines(notebook))
                .containsExactly(
                        "// Parameters",
                        "beta = 1;",
                        "big = 6L;",
                        "clip = 1f;",
                        "data = \"a \\\"b\\\"\\\\c\";",
                        "epochs = 10;",
                        "name = \"7\";",
                        "rate = 0.25f;",
                        "seed = 12345678901L;",
                        "sizes = List.of(2, 3);");
        assertThat(notebook.cells().get(3).tags()).containsExactly("injected-parameters");
    }

    @Test
    void declarationsMayShareALine() throws Exception {
        Notebook notebook = notebook("int n = 3; double d = 1.5;  final String who = \"x\";");
        assertThat(ParameterCell.inject(notebook, new TreeMap<>(Map.of("d", "2", "who", "7"))))
                .isEmpty();
        assertThat(lines(notebook)).containsExactly("// Parameters", "d = 2;", "who = \"7\";");
    }

    @Test
    void withoutAParameterCellValuesAreDeclaredBeforeTheFirstCode() throws Exception {
        Notebook notebook = notebook();

        List<String> unknown =
                ParameterCell.inject(notebook, new TreeMap<>(Map.of("a", "1e-3", "b", "true", "c", "text")));

        assertThat(unknown).containsExactly("a", "b", "c");
        assertThat(lines(notebook))
                .containsExactly("// Parameters", "var a = 1e-3;", "var b = true;", "var c = \"text\";");
        assertThat(notebook.cells().get(1).tags()).containsExactly("injected-parameters");
    }

    @Test
    void aSecondInjectionReplacesTheFirst() throws Exception {
        Notebook notebook = notebook("int a = 1;");
        ParameterCell.inject(notebook, Map.of("a", "2"));
        ParameterCell.inject(notebook, Map.of("a", "3"));

        assertThat(lines(notebook)).containsExactly("// Parameters", "a = 3;");
        assertThat(notebook.cells()).hasSize(5);
        ParameterCell.inject(notebook, Map.of());
        assertThat(notebook.cells()).hasSize(4);
    }

    @Test
    void aNameThatIsNoJavaNameIsRefused() throws Exception {
        Notebook notebook = notebook("int a = 1;");

        assertThatThrownBy(() -> ParameterCell.inject(notebook, Map.of("a b", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a b\"");
        assertThatThrownBy(() -> ParameterCell.inject(notebook, Map.of("class", "1")))
                .hasMessageContaining("class");
    }
}
