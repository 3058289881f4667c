package org.rewardlab.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.Notebook;
import org.rewardlab.kernel.notebook.OutputRecorder;

class PageTest {
    private static final String DOT =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private final ObjectNode root = new ObjectMapper().createObjectNode();
    private final OutputRecorder recorder = new OutputRecorder();

    private Notebook notebook(String... markdown) {
        root.put("nbformat", 4).put("nbformat_minor", 5).putObject("metadata");
        for (String text : markdown) {
            ObjectNode cell = root.withArrayProperty("cells").addObject();
            cell.put("cell_type", "markdown").put("source", text);
            cell.putObject("attachments").putObject("dot.png").put("image/png", DOT);
        }
        root.withArrayProperty("cells");
        return Notebook.parse(root.toString(), "n.ipynb");
    }

    private Cell run(Notebook notebook, String source, String... tags) {
        Cell cell = Cell.code("c" + notebook.cells().size(), source, List.of(tags));
        notebook.insert(notebook.cells().size(), cell);
        recorder.begin(cell);
        cell.setExecutionCount(notebook.cells().size());
        return cell;
    }

    private String html(Notebook notebook) {
        recorder.flush();
        return Page.html(notebook, null, "n.ipynb");
    }

    @Test
    void aPageNeedsNoNetworkAndNoScript() {
        Notebook notebook = notebook("# A title\n\n![far](https://example.org/x.png) and ![a](attachment:dot.png)");
        run(notebook, "1");
        recorder.display(
                Map.of("text/html", "<b>x</b><script src='https://example.org/x.js'></script>"), Map.of(), null);

        String html = html(notebook);

        assertThat(html)
                .contains("default-src 'none'")
                .contains("<title>A title</title>")
                .contains("<img src=\"data:image/png;base64," + DOT)
                .contains("<a class=\"picture\" href=\"https://example.org/x.png\">far</a>")
                .doesNotContain("<script")
                .doesNotContainPattern("(?:src|url\\()\\s*=?\\s*[\"']?https?:");
    }

    @Test
    void textCellsHaveTablesFootnotesFoldsTasksCodeAndFormulas() {
        String html = html(
                notebook(
                        "# T\n\n| a | b |\n|--|--:|\n| $x|y$ | 2 |\n\nnote[^1] ~~no~~\n\n[^1]: the $\\beta$ note\n\n- [x] done\n",
                        "<details><summary>Answer</summary>\n\n**yes**\n\n```java\nvar x = 1;\n```\n</details>\n\nsecond[^1]\n\n[^1]: other"));

        assertThat(html)
                .contains("<td align=\"right\">2</td>")
                .contains("aria-label=\"x|y\"")
                .contains("href=\"#m1-fn")
                .contains("id=\"m2-fn")
                .contains("<del>no</del>")
                .contains("type=\"checkbox\"")
                .contains("<summary>Answer</summary>")
                .contains("<strong>yes</strong>")
                .contains("<span class=\"k\">var</span>");
    }

    @Test
    void headingsCanBeLinkedToAndAreListed() {
        String html =
                html(notebook("# Top", "## Über $\\beta$\n\n## Twice", "## Twice\n\nsee [next](02-next.ipynb#a)"));

        assertThat(html)
                .contains("<h2 id=\"über-beta\">")
                .containsPattern("<a href=\"#über-beta\">Über <svg class=\"tex\"")
                .contains("<li class=\"l1\"><a href=\"#twice\">Twice</a>")
                .contains("<li class=\"l1\"><a href=\"#twice-2\">Twice</a>")
                .contains("href=\"02-next.html#a\"");
    }

    @Test
    void outputsAreShownInTheirRichestForm() {
        Notebook notebook = notebook("# T");
        run(notebook, "int x = 1;\nx");
        recorder.stream("stdout", "plain <text>\n");
        recorder.stream("stderr", "warn");
        recorder.display(Map.of("image/png", DOT, "text/plain", "a chart"), Map.of(), null);
        recorder.display(
                Map.of("image/svg+xml", "<svg width=\"9\" height=\"9\"><g id=\"a\"/></svg>", "image/png", DOT),
                Map.of(),
                null);
        recorder.display(Map.of("text/latex", "$\\frac{1}{2}$", "text/plain", "1/2"), Map.of(), null);
        recorder.display(Map.of("image/svg+xml", "<svg width=\"1040\" height=\"9\"></svg>"), Map.of(), null);
        recorder.display(Map.of("text/markdown", "## An output's heading"), Map.of(), null);
        recorder.result(2, Map.of("text/plain", "1"), Map.of(), null);

        assertThat(html(notebook))
                .contains("<pre class=\"stream\">plain &lt;text&gt;</pre>")
                .contains("<pre class=\"stream err\">warn</pre>")
                .contains("<img src=\"data:image/png;base64," + DOT + "\" alt=\"a chart\">")
                .contains("<div class=\"figure\"><svg viewBox=\"0 0 9.0 9.0\" width=\"9\"><g id=\"o4-a\"/>")
                .contains("<div class=\"figure wide\"><svg")
                .contains("aria-label=\"\\frac{1}{2}\"")
                .contains("<pre class=\"value\">1</pre>")
                .contains("<h2>An output's heading</h2>")
                .contains("[2]</summary>");
    }

    @Test
    void theBarTellsHowClaimsCameOutAndWhereARunStopped() {
        Notebook notebook = notebook("# T");
        run(notebook, "claim()");
        for (String verdict : List.of("holds", "holds", "fails", "not judged")) {
            recorder.display(
                    Map.of(
                            "application/vnd.rewardlab.claim+json",
                            Map.of("statement", "s", "verdict", verdict),
                            "text/plain",
                            "t"),
                    Map.of(),
                    null);
        }
        run(notebook, "f()", "raises-exception");
        recorder.error("java.lang.Meant", "", List.of("meant"));
        Cell broken = run(notebook, "g()");
        recorder.error("java.lang.ArithmeticException", "/ by zero", List.of("\u001B[31mboom\u001B[0m"));

        assertThat(html(notebook))
                .contains("2 claims hold<")
                .contains("1 claim fails<")
                .contains("1 claim not judged<")
                .contains("href=\"#cell." + broken.id() + "\">\u2717 stopped at [4]: ArithmeticException")
                .contains("<span class=\"a1\">boom</span>")
                .doesNotContain("Meant</a>");
    }

    @Test
    void tagsHideWhatAnAuthorWantsHidden() {
        Notebook notebook = notebook("# T");
        run(notebook, "folded()", "hide-input");
        run(notebook, "gone()", "remove-cell");
        run(notebook, "inputGone()", "remove-input");
        recorder.stream("stdout", "still here");

        assertThat(html(notebook))
                .contains("<details class=\"in\"><summary>")
                .doesNotContain("gone</span>")
                .doesNotContain("inputGone")
                .contains("still here");
    }

    @Test
    void picturesBesideTheNotebookAreTakenIntoThePage(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("my figures"));
        Files.writeString(folder.resolve("my figures/a.svg"), "<svg/>");
        Notebook notebook =
                notebook("![one](my%20figures/a.svg) <img src='my figures/a.svg' width=\"50\"> ![no](b.svg)");

        Path file = folder.resolve("out/page.html");
        Page.write(notebook, folder, "n.ipynb", file);

        assertThat(Files.readString(file))
                .contains("<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"one\"")
                .contains("<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" width=\"50\"")
                .contains("<a class=\"picture\" href=\"b.svg\">no</a>");
    }

    @Test
    void theSameNotebookGivesTheSamePage() {
        Notebook notebook = notebook("# T $x^2$", "$$\\sum_i x_i$$");

        assertThat(html(notebook)).isEqualTo(html(notebook));
    }
}
