package org.rewardlab.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor's script says of a machine that is made of stand-ins, each test with one thing wrong. */
@DisabledOnOs(OS.WINDOWS)
class DoctorTest {

    private static final String[] TOOLS = {
        "bash", "sh", "sed", "head", "awk", "df", "dirname", "readlink", "mkdir", "du", "cut", "tr", "cat", "wc", "env"
    };

    @TempDir
    private Path machine;

    private Path bin = Path.of("");
    private Path spec = Path.of("");

    @BeforeEach
    void aHealthyMachine() throws IOException {
        bin = Files.createDirectories(machine.resolve("bin"));
        for (String tool : TOOLS) {
            for (Path folder : new Path[] {Path.of("/usr/bin"), Path.of("/bin")}) {
                if (Files.isExecutable(folder.resolve(tool)) && !Files.exists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), folder.resolve(tool));
                }
            }
        }
        java("openjdk version \"21.0.2\" 2024-01-16");
        program("javac", "exit 0");
        program("mvn", "echo 'Apache Maven 3.9.6 (x)'");
        spec = Files.createDirectories(machine.resolve("with blank ü/rewardlab"));
        program("jupyter", "case \"$1\" in kernelspec) echo '  rewardlab    " + spec + "' ;; *) echo 1 ;; esac");
        Path jar = Files.writeString(spec.resolve("a b.jar"), "");
        Files.writeString(spec.resolve("java.args"), "\"-cp\"\n\"" + jar + "\"\n");
        kernelspec(bin.resolve("java"));
    }

    private void kernelspec(Path java) throws IOException {
        Files.writeString(spec.resolve("kernel.json"), "{\n  \"argv\" : [ \"x\", \"" + java + "\", \"y\" ]\n}\n");
    }

    private void java(String version) throws IOException {
        program("java", "echo '" + version + "' >&2");
    }

    private void program(String name, String script) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path script() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("environment/doctor.sh"))) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder.resolve("environment/doctor.sh");
    }

    private String says(int status, Map<String, String> variables) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", script().toString()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", bin.toString(), "HOME", machine.toString(), "LC_ALL", "C.UTF-8"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isEqualTo(status);
        assertThat(text).endsWith(status == 0 ? "ready\n" : "not ready: see MISSING above\n");
        return text;
    }

    private String missing(Map<String, String> variables) throws Exception {
        return says(1, variables)
                .lines()
                .filter(line -> line.startsWith("  MISSING"))
                .reduce((one, other) -> one + "\n" + other)
                .orElseThrow();
    }

    @Test
    void aHealthyMachineIsReady() throws Exception {
        assertThat(says(0, Map.of()))
                .contains("ok       JDK        21.0.2 at", "Apache Maven 3.9.6", "ok       kernel     " + spec)
                .doesNotContain("MISSING");
    }

    @Test
    void aMachineWithoutJavaIsToldWhatToInstall() throws Exception {
        Files.delete(bin.resolve("java"));
        assertThat(missing(Map.of())).contains("JDK        none found").contains("kernel     starts", "which is gone");
    }

    @Test
    void aJavaHomeThatIsNoneIsNamed() throws Exception {
        assertThat(missing(Map.of("JAVA_HOME", "/no/such/jdk"))).contains("JAVA_HOME names /no/such/jdk");
    }

    @Test
    void anOldOrBrokenJavaIsRefused() throws Exception {
        java("openjdk version \"11.0.22\" 2024-01-16");
        assertThat(missing(Map.of())).contains("11.0.22", "17 or later");
        java("java version \"1.8.0_402\"");
        assertThat(missing(Map.of())).contains("1.8.0_402", "17 or later");
        java("Segmentation fault");
        assertThat(missing(Map.of())).contains("does not start");
    }

    @Test
    void aJavaWithoutCompilerIsRefused() throws Exception {
        Files.delete(bin.resolve("javac"));
        assertThat(missing(Map.of())).contains("no compiler beside it");
    }

    @Test
    void anOldAbsentOrBrokenMavenIsRefused() throws Exception {
        program("mvn", "echo 'Apache Maven 3.6.3'");
        assertThat(missing(Map.of())).contains("Maven      3.6.3", "3.8 or later");
        program("mvn", "exit 1");
        assertThat(missing(Map.of())).contains("mvn does not start");
        Files.delete(bin.resolve("mvn"));
        assertThat(missing(Map.of())).contains("Maven      none found");
    }

    @Test
    void aKernelWhosePartsAreGoneIsNamed() throws Exception {
        kernelspec(Path.of("/no/such/bin/java"));
        assertThat(missing(Map.of())).contains("starts /no/such/bin/java, which is gone");
        kernelspec(bin.resolve("java"));
        Files.delete(spec.resolve("a b.jar"));
        assertThat(missing(Map.of())).contains("needs " + spec.resolve("a b.jar") + ", which is gone");
        Files.delete(spec.resolve("java.args"));
        assertThat(missing(Map.of())).contains(spec + " is broken");
    }

    @Test
    void aDataFileThatIsNotThereAndACacheThatCannotBeWrittenAreNamed() throws Exception {
        assertThat(missing(Map.of("REWARDLAB_DATA", "/no/such/data.jsonl", "DJL_CACHE_DIR", "/proc/none")))
                .contains("/no/such/data.jsonl", "/proc/none");
    }
}
