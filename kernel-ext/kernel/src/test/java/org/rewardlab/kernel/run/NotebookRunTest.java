package org.rewardlab.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.MimeBundle;
import org.rewardlab.kernel.notebook.Notebook;
import org.rewardlab.kernel.notebook.NotebookException;
import org.rewardlab.kernel.notebook.NotebookSchema;

class NotebookRunTest {
    private static final String CLAIM = "var claim = new org.dflib.jjava.jupyter.kernel.display.DisplayData(\"%s\");\n"
            + "claim.putData(\"application/vnd.rewardlab.claim+json\", Map.of(\"statement\", \"S %1$s\", \"verdict\", \"%1$s\","
            + " \"details\", \"1 < 2\"));\nclaim";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private ExitCode run(NotebookFile file) throws Exception {
        return run(file, Map.of(), null, false, false);
    }

    private ExitCode run(
            NotebookFile file,
            Map<String, String> parameters,
            @Nullable Duration timeout,
            boolean allowErrors,
            boolean trace)
            throws Exception {
        Path notebook = file.write(folder.resolve("n.ipynb"));
        RunPlan plan = new RunPlan(
                notebook,
                folder.resolve("out/n.ipynb"),
                folder.resolve("out/n.html"),
                parameters,
                timeout,
                allowErrors,
                trace,
                true);
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new NotebookRun(plan, new RunLog(out, false, trace)).run();
    }

    private List<Cell> executed() throws Exception {
        Path file = folder.resolve("out/n.ipynb");
        assertThat(NotebookSchema.problems(Files.readString(file))).isEmpty();
        return Notebook.read(file).cells();
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void cellsRunInOrderAndTheirOutputsAreKept() throws Exception {
        ExitCode code = run(
                NotebookFile.java()
                        .text("# Title $x^2$")
                        .code("int epochs = 3;", "parameters")
                        .code(
                                "// a remark\nfor (int i = 0; i < epochs; i++) System.out.println(\"epoch \" + i);\nSystem.err.print(\"warn\");")
                        .code("var id = display(\"0 %\");")
                        .code("  ")
                        .code("updateDisplay(id, \"100 %\");\nepochs * 2"),
                Map.of("epochs", "2"),
                null,
                false,
                false);

        List<Cell> cells = executed();
        assertThat(code).isEqualTo(ExitCode.RAN);
        assertThat(cells.get(2).tags()).containsExactly("injected-parameters");
        assertThat(cells.get(3).outputs().get(0).path("text").toString()).isEqualTo("[\"epoch 0\\n\",\"epoch 1\\n\"]");
        assertThat(cells.get(3).outputs().get(1).path("name").asText()).isEqualTo("stderr");
        assertThat(MimeBundle.text(cells.get(4).outputs().get(0).path("data"), "text/plain"))
                .isEqualTo("100 %");
        assertThat(cells.get(5).executionCount()).isZero();
        assertThat(MimeBundle.text(cells.get(6).outputs().get(0).path("data"), "text/plain"))
                .isEqualTo("4");
        assertThat(cells)
                .filteredOn(Cell::isCode)
                .extracting(Cell::executionCount)
                .containsExactly(1, 2, 3, 4, 0, 5);
        assertThat(printed())
                .contains("n.ipynb: 5 cells\n")
                .containsPattern("\\[3/5]  \\d+\\.\\d\\d s  for \\(int i = 0;")
                .containsPattern("\\[3/5] .*total \\d")
                .contains("5 of 5 cells ran in ");
        assertThat(folder.resolve("out/n.html")).content().contains("epoch 1").contains("<title>Title x^2</title>");
        assertThat(folder.resolve("n.ipynb")).content().doesNotContain("epoch 1");
    }

    @Test
    void aFailedCellEndsTheRunAndTheNotebookSaysWhere() throws Exception {
        ExitCode code = run(NotebookFile.java().code("int x = 0;").code("1 / x").code("\"never\""));

        List<Cell> cells = executed();
        assertThat(code).isEqualTo(ExitCode.CELL_FAILED);
        assertThat(cells.get(1).outputs().get(0).path("ename").asText()).isEqualTo("java.lang.ArithmeticException");
        assertThat(cells.get(2).executionCount()).isZero();
        assertThat(printed())
                .contains("java.lang.ArithmeticException: / by zero")
                .contains("2 of 3 cells ran, 1 failed");
    }

    @Test
    void failuresThatAreExpectedOrAllowedDoNotEndIt() throws Exception {
        ExitCode expected = run(NotebookFile.java()
                .code("int[] a = {};")
                .code("a[1]", "raises-exception")
                .code("a.length"));
        assertThat(expected).isEqualTo(ExitCode.RAN);
        assertThat(executed().get(1).outputs().get(0).path("output_type").asText())
                .isEqualTo("error");
        assertThat(executed().get(2).outputs()).hasSize(1);

        ExitCode allowed = run(NotebookFile.java().code("int y = ;").code("1"), Map.of(), null, true, false);
        assertThat(allowed).isEqualTo(ExitCode.RAN);
        assertThat(executed().get(1).outputs()).hasSize(1);
    }

    @Test
    void aRedClaimIsToldFromAFailure() throws Exception {
        ExitCode code = run(NotebookFile.java()
                .code(CLAIM.formatted("holds"))
                .code(CLAIM.formatted("not judged"))
                .code(CLAIM.formatted("fails")));

        assertThat(code).isEqualTo(ExitCode.CLAIM_FAILED);
        assertThat(printed())
                .containsPattern("claim . holds {7}S holds \\(1 < 2\\)")
                .containsPattern("claim . not judged  S not judged")
                .containsPattern("claim . fails {7}S fails");
        assertThat(run(NotebookFile.java().code(CLAIM.formatted("not judged")))).isEqualTo(ExitCode.RAN);
    }

    @Test
    void aCellThatAsksForInputFailsAtOnce() throws Exception {
        ExitCode code =
                run(NotebookFile.java().code("System.out.print(\"name? \");\nnew Scanner(System.in).nextLine()"));

        assertThat(code).isEqualTo(ExitCode.CELL_FAILED);
        assertThat(printed()).contains("nobody to answer").contains("name?");
    }

    @Test
    void aCellThatTakesTooLongIsStopped() throws Exception {
        ExitCode code = run(
                NotebookFile.java()
                        .code("long n = 0;")
                        .code("while (true) n++;")
                        .code("n"),
                Map.of(),
                Duration.ofMillis(400),
                false,
                false);

        assertThat(code).isEqualTo(ExitCode.CELL_FAILED);
        assertThat(printed()).contains("time limit");
    }

    @Test
    void aPictureIsNotKeptTwiceInASlimNotebook() throws Exception {
        run(NotebookFile.java().code("""
                        var picture = new org.dflib.jjava.jupyter.kernel.display.DisplayData("p");
                        picture.putData("image/png", "AAAA");
                        display(picture);
                        picture.putSVG("<svg/>");
                        picture"""));

        var outputs = executed().get(0).outputs();
        assertThat(outputs.get(0).path("data").fieldNames()).toIterable().contains("image/png");
        assertThat(outputs.get(1).path("data").fieldNames())
                .toIterable()
                .contains("image/svg+xml")
                .doesNotContain("image/png");
    }

    @Test
    void outputsArePrintedWhenAskedFor() throws Exception {
        run(NotebookFile.java().code("System.out.println(\"to see\");\n6 * 7"), Map.of(), null, false, true);

        assertThat(printed()).contains("to see\n").contains("42\n");
    }

    @Test
    void notebooksOfOtherLanguagesAreRefused() {
        assertThatThrownBy(() -> run(NotebookFile.of("python").code("1")))
                .isInstanceOf(NotebookException.class)
                .hasMessageContaining("written in python");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aNotebookThatNamesNoKernelGetsOne() throws Exception {
        Path file = folder.resolve("n.ipynb");
        Files.writeString(
                file,
                "{\"nbformat\": 4, \"nbformat_minor\": 2, \"metadata\": {\"mine\": 1}, \"cells\": [{\"cell_type\": \"code\","
                        + " \"source\": \"1 + 1\"}]}");
        RunPlan plan = new RunPlan(file, file, null, Map.of(), null, false, false, false);
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        assertThat(new NotebookRun(plan, new RunLog(out, false, false)).run()).isEqualTo(ExitCode.RAN);
        assertThat(NotebookSchema.problems(Files.readString(file))).isEmpty();
        assertThat(file)
                .content()
                .contains("\"name\": \"rewardlab\"")
                .contains("\"mine\": 1")
                .contains("\"nbformat_minor\": 5");
    }
}
