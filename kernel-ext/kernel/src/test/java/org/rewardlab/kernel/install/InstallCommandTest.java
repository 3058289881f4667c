package org.rewardlab.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.Main;
import org.rewardlab.kernel.Tool;

class InstallCommandTest {
    private static final int LONGEST_SECONDS = 120;

    @TempDir
    private Path prefix;

    private static String tool(String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        int status = Tool.commands().setOut(writer).setErr(writer).execute(arguments);
        assertThat(status).as(out.toString()).isZero();
        return out.toString();
    }

    @Test
    void theKernelIsInstalledListedStartedAndRemoved() throws Exception {
        String there = prefix.toString();
        assertThat(tool("install", "--prefix", there, "--no-archive", "--property", "a=b c", "--env", "E=1"))
                .contains("installed RewardLab (Java) in " + prefix.resolve("share/jupyter/kernels/rewardlab"));
        Path folder = prefix.resolve("share/jupyter/kernels/rewardlab");
        var json = new ObjectMapper().readTree(folder.resolve("kernel.json").toFile());
        assertThat(json.path("argv").toString()).contains("\"" + Main.class.getName() + "\",\"{connection_file}\"");
        assertThat(json.path("env").path("E").asText()).isEqualTo("1");
        assertThat(Files.readString(folder.resolve("java.args"))).contains("\"-Da=b c\"\n");
        assertThat(tool("list", "--prefix", there)).contains("rewardlab", "RewardLab (Java)", folder.toString());

        theInstalledKernelAnswers(json.path("argv").get(4).asText(), folder.resolve("java.args"));

        assertThat(tool("remove", "--prefix", there)).startsWith("removed ");
        assertThat(tool("remove", "--prefix", there)).startsWith("there was none: ");
        assertThat(tool("list", "--prefix", there)).contains("no kernels in");
    }

    /** A dry start asks everything a front end asks first, and ends with 0 only if each question was answered. */
    private void theInstalledKernelAnswers(String java, Path arguments) throws Exception {
        Path log = prefix.resolve("log.txt");
        Process process = new ProcessBuilder(java, "@" + arguments, DryStart.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
