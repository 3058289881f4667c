package org.rewardlab.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.Tool;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.Notebook;
import org.rewardlab.kernel.notebook.NotebookSchema;

/** The command line as a user's shell starts it: in a process of its own. */
class ToolTest {
    private static final int LONGEST_SECONDS = 120;

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    private record Ended(int status, String out, String err) {}

    @AfterEach
    void everyProcessIsGone() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-Dfile.encoding=UTF-8",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                Tool.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    private Process start(String... arguments) throws Exception {
        Process process = command(arguments).start();
        processes.add(process);
        return process;
    }

    private Ended tool(String... arguments) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = command(arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        processes.add(process);
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    @Test
    void aNotebookRunsInItsOwnFolder() throws Exception {
        Path there = folder.resolve("some where/ä");
        NotebookFile.java()
                .code("java.nio.file.Files.readString(java.nio.file.Path.of(\"data.txt\"))")
                .code("new File(\"data.txt\").exists()")
                .write(there.resolve("n.ipynb"));
        Files.writeString(there.resolve("data.txt"), "found");

        Ended run = tool("run", "some where/ä/n.ipynb", "-o", "results", "--html");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(folder.resolve("results/n.ipynb"))
                .content()
                .contains("found")
                .contains("true");
        assertThat(folder.resolve("results/n.html")).exists();
    }

    @Test
    void severalNotebooksRunAtATimeAndTheWorstCounts() throws Exception {
        NotebookFile.java().code("System.getProperty(\"user.dir\")").write(folder.resolve("a/one.ipynb"));
        NotebookFile.java().code("1 / 0").write(folder.resolve("b/two.ipynb"));

        Ended run = tool("run", "--jobs=2", "a/one.ipynb", "b/two.ipynb");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("one | 1 of 1 cells ran").contains("two | 1 of 1 cells ran, 1 failed");
        assertThat(folder.resolve("executed/one.ipynb"))
                .content()
                .contains(folder.resolve("a").toString());
    }

    @Test
    void aRunThatIsKilledLeavesWhatRanSoFar() throws Exception {
        NotebookFile.java()
                .code("System.out.println(\"kept\");")
                .code("Thread.sleep(600_000);")
                .code("3")
                .write(folder.resolve("n.ipynb"));
        Process process = start("run", "n.ipynb", "--in-place");
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && !line.startsWith("[1/3]")) {
            line = lines.readLine();
        }
        assertThat(line).isNotNull();
        awaitWritten(folder.resolve("n.ipynb"));
        process.destroyForcibly().waitFor();

        Path file = folder.resolve("n.ipynb");
        assertThat(NotebookSchema.problems(Files.readString(file))).isEmpty();
        List<Cell> cells = Notebook.read(file).cells();
        assertThat(cells.get(0).outputs().get(0).path("text").toString()).contains("kept");
        assertThat(cells.get(2).outputs()).isEmpty();
    }

    private static void awaitWritten(Path file) throws Exception {
        while (!Files.readString(file).contains("\"kept\\n\"")) {
            Thread.sleep(20);
        }
    }

    @Test
    void badInputIsNamedInOneLine() throws Exception {
        String broken = Files.writeString(folder.resolve("broken.ipynb"), "{\n \"cells\": [\n  oops\n")
                .toString();
        String snake = NotebookFile.of("python")
                .code("1")
                .write(folder.resolve("snake.ipynb"))
                .toString();
        String good = NotebookFile.java()
                .code("1")
                .write(folder.resolve("good.ipynb"))
                .toString();
        String other = NotebookFile.java()
                .code("1")
                .write(folder.resolve("sub/good.ipynb"))
                .toString();
        String out = folder.resolve("executed").toString();

        assertThat(refusal("run", folder.resolve("no.ipynb").toString()))
                .endsWith("no.ipynb: there is no such notebook\n");
        assertThat(refusal("run", broken)).contains("broken.ipynb:3: not a notebook");
        assertThat(refusal("run", "-o", out, good, broken)).contains("broken.ipynb:3");
        assertThat(refusal("run", snake)).contains("written in python");
        assertThat(refusal("run", "-o", out, good, other)).contains("another notebook of that name");
        assertThat(refusal("run", good, "--out", folder.toString())).contains("--in-place");
        assertThat(refusal("run", good, "--in-place", "-o", out).lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("expected no --out beside it"));
        assertThat(refusal("run", "-o", out, good, "--set", "a b=1")).contains("\"a b\"");
        assertThat(refusal("run", good, "--timeout", "0").lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("--timeout: expected seconds above 0, got 0"));
        assertThat(refusal("run").lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("NOTEBOOK"));
        assertThat(refusal("nonsense")).contains("nonsense");
        assertThat(folder.resolve("executed")).doesNotExist();
    }

    /** What a command that must end with 2 prints on the error stream. */
    private static String refusal(String... arguments) {
        StringWriter err = new StringWriter();
        int status = Tool.commands().setErr(new PrintWriter(err, true)).execute(arguments);
        assertThat(status).as(err.toString()).isEqualTo(2);
        return err.toString();
    }
}
