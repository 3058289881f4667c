package org.rewardlab.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.MimeBundle;
import org.rewardlab.kernel.notebook.Notebook;
import org.rewardlab.kernel.notebook.NotebookSchema;

/** A notebook in the manner of the books written for IJava: helpers loaded by path, IJava's own names, plots as HTML. */
class BookStyleTest {
    @TempDir
    private Path folder;

    @Test
    void aBookChapterRunsUnchanged() throws Exception {
        Files.createDirectories(folder.resolve("utils"));
        NotebookFile.java()
                .text("helpers")
                .code("%load Points.java")
                .code("double mean(Points points) {\n    return Arrays.stream(points.ys()).average().orElse(0);\n}")
                .write(folder.resolve("utils/plot-utils.ipynb"));
        Files.writeString(folder.resolve("utils/Points.java"), "record Points(double[] xs, double[] ys) {}\n");
        Path chapter = NotebookFile.java()
                .text("# Linear regression\n\n$$\\hat y = w x + b$$")
                .code("%load ../utils/plot-utils")
                .code("""
                        import io.github.spencerpark.ijava.IJava;
                        import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

                        IJava.getKernelInstance().getRenderer().createRegistration(Points.class)
                            .preferring(MIMEType.TEXT_HTML)
                            .register((points, context) -> context.renderIfRequested(MIMEType.TEXT_HTML,
                                () -> "<svg width='20' height='20'><path id='p' d='M0 0L9 9'/></svg>"));""")
                .code("""
                        double[] xs = new double[3];
                        double[] ys = new double[3];
                        for (int i = 0; i < 3; i++) {
                            xs[i] = i;
                            ys[i] = 2 * i + 1;
                        }
                        System.out.printf("mean %.1f%n", mean(new Points(xs, ys)));""")
                .code("display(new Points(xs, ys));")
                .code("new Points(xs, ys)")
                .code("%%time\nThread.sleep(1);")
                .write(folder.resolve("chapter_one/linear.ipynb"));
        Path output = folder.resolve("out/linear.ipynb");
        Path page = folder.resolve("out/linear.html");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        ExitCode code = new NotebookRun(
                        new RunPlan(chapter, output, page, Map.of(), null, false, false, false),
                        new RunLog(out, false, true))
                .run();

        assertThat(code).as(printed.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.RAN);
        assertThat(NotebookSchema.problems(Files.readString(output))).isEmpty();
        List<Cell> cells = Notebook.read(output).cells();
        assertThat(cells.get(3).outputs().get(0).path("text").toString()).isEqualTo("[\"mean 3.0\\n\"]");
        for (int cell : new int[] {4, 5}) {
            var data = cells.get(cell).outputs().get(0).path("data");
            assertThat(MimeBundle.text(data, "text/html")).contains("<svg width='20'");
            assertThat(MimeBundle.text(data, "text/plain")).isNotBlank();
        }
        assertThat(page)
                .content()
                .contains("id='o2-p'")
                .contains("id='o3-p'")
                .contains("aria-label=\"\\hat y = w x + b\"");
    }
}
