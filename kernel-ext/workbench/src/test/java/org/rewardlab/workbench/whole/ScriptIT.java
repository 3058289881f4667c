package org.rewardlab.workbench.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script with good and bad input: one clear line, an exit status that says so, and nothing half-written. */
class ScriptIT {

    private static final Map<String, String> PLAIN = Map.of("REWARDLAB_DATA", "");

    @Test
    void everyCommandIsListed() {
        Program help = Program.rewardlab(PLAIN, "--help");
        assertThat(help.status()).isZero();
        assertThat(help.output())
                .contains("run", "lab", "test", "kernel install", "golden", "doctor", "REWARDLAB_SEED");
    }

    @Test
    void anUnknownNotebookIsNamed(@TempDir Path folder) throws IOException {
        Program run =
                Program.rewardlab(PLAIN, "run", folder.resolve("nothing.ipynb").toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errors().strip()).contains("nothing.ipynb").doesNotContain("\n");
    }

    @Test
    void aNotebookWhoseNameHasOtherLettersIsFoundWithoutALocale(@TempDir Path folder) throws IOException {
        Path notebook = folder.resolve("größe.ipynb");
        Files.writeString(
                notebook,
                "{\"cells\": [], \"metadata\": {\"kernelspec\": {\"display_name\": \"J\", \"language\": \"java\", \"name\": \"java\"}},"
                        + " \"nbformat\": 4, \"nbformat_minor\": 5}");
        Program run = Program.rewardlab(
                Map.of("LC_ALL", "C", "LANG", ""),
                "run",
                "-o",
                folder.resolve("out").toString(),
                notebook.toString());
        assertThat(run.status()).as(run.everything()).isZero();
        assertThat(folder.resolve("out/größe.ipynb")).exists();
    }

    @Test
    void anUnknownCommandIsNamed() {
        Program run = Program.rewardlab(PLAIN, "fly");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errors()).contains("expected a command, got fly");
    }

    @Test
    void withoutAJdkItSaysWhatToInstall(@TempDir Path folder) throws IOException {
        for (String tool : new String[] {"bash", "dirname", "readlink", "sed", "head", "find", "id"}) {
            link(folder, tool);
        }
        Program run = Program.rewardlab(Map.of("PATH", folder.toString(), "JAVA_HOME", ""), "run");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errors().strip()).contains("no JDK found", "17").doesNotContain("\n");
    }

    @Test
    void aJavaHomeWithoutJdkIsNamed(@TempDir Path folder) {
        Program run = Program.rewardlab(Map.of("JAVA_HOME", folder.toString()), "run");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errors().strip())
                .contains("JAVA_HOME", folder.toString())
                .doesNotContain("\n");
    }

    private static void link(Path folder, String tool) throws IOException {
        for (String bin : new String[] {"/usr/bin", "/bin"}) {
            Path program = Path.of(bin, tool);
            if (Files.isExecutable(program)) {
                Files.createSymbolicLink(folder.resolve(tool), program);
                return;
            }
        }
    }

    @Test
    void aTruncatedDataFileFailsTheRunByName(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("cut.jsonl.gz");
        Files.write(data, new byte[] {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2});
        Program run = Program.rewardlab(
                Map.of("REWARDLAB_DATA", data.toString(), "REWARDLAB_SCALE", "smoke"),
                "run",
                "--out",
                folder.resolve("out").toString(),
                Program.HOME.resolve("notebooks/course/00-quickstart.ipynb").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.everything()).contains("cut.jsonl.gz");
    }

    @Test
    void aBrokenRowFailsTheRunWithFileAndLine(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("broken.jsonl");
        Files.writeString(
                data, "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\"}\n{\"prompt\":\"a\",\"chosen\":\n");
        Program run = Program.rewardlab(
                Map.of("REWARDLAB_DATA", data.toString(), "REWARDLAB_SCALE", "smoke"),
                "run",
                "--out",
                folder.resolve("out").toString(),
                Program.HOME.resolve("notebooks/course/00-quickstart.ipynb").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.everything()).contains("broken.jsonl").containsPattern("line 2|:2");
    }

    @Test
    void goldenVectorsOfAFolderAreCounted(@TempDir Path folder) throws IOException {
        Path vectors = Files.createDirectory(folder.resolve("with blanks"));
        Files.writeString(vectors.resolve("00-small.json"), """
                {"cases": [
                  {"primitive": "masked_sum", "name": "right", "inputs": {"values": [[1, 2]], "mask": [[1, 0]]}, "outputs": {"sum": 1}},
                  {"primitive": "masked_sum", "name": "wrong", "inputs": {"values": [[1, 2]], "mask": [[1, 0]]}, "outputs": {"sum": 2}},
                  {"primitive": "no_such_thing", "name": "unknown", "inputs": {}, "outputs": {"sum": 2}}
                ]}
                """);
        Program run = Program.rewardlab(PLAIN, "golden", vectors.toString());
        assertThat(run.status()).isNotZero();
        assertThat(run.output().strip()).endsWith("1 passed, 2 failed, 0 skipped");
    }
}
