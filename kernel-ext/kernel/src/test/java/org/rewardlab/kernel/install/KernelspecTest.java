package org.rewardlab.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelspecTest {
    @TempDir
    private Path temp;

    private Path jar;
    private Kernelspec kernelspec;
    private KernelStart start;

    @BeforeEach
    void aKernelInAFolderWithBlanks() throws Exception {
        kernelIn("with blank \"and\" 'quotes' \\ #1 $HOME ü");
    }

    private void kernelIn(String name) throws Exception {
        Path folder = Files.createDirectories(temp.resolve(name));
        jar = folder.resolve(name.length() + name.substring(0, 5) + ".jar");
        String probe = StartProbe.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = Objects.requireNonNull(StartProbe.class.getResourceAsStream("/" + probe))) {
            out.putNextEntry(new JarEntry(probe));
            in.transferTo(out);
        }
        kernelspec = Kernelspec.in(JupyterFolders.prefixKernels(folder));
        start = new KernelStart(
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                List.of(jar),
                StartProbe.class.getName(),
                Map.of("probe", "a \"b\" \\c"),
                Map.of("EXTRA", "1"));
    }

    private Map<String, String> locale = Map.of();

    private JsonNode json() throws Exception {
        return new ObjectMapper()
                .readTree(kernelspec.folder().resolve("kernel.json").toFile());
    }

    /** Starts the kernel as Jupyter would and returns what it printed, errors included. */
    private String started(String javaOptions) throws Exception {
        return started(javaOptions, "");
    }

    private String started(String javaOptions, String threads) throws Exception {
        List<String> command = new ArrayList<>();
        json().path("argv").forEach(part -> command.add(part.asText().replace("{connection_file}", "/a file.json")));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        json().path("env")
                .properties()
                .forEach(entry -> builder.environment()
                        .put(entry.getKey(), entry.getValue().asText()));
        builder.environment().remove("REWARDLAB_JAVA_OPTS");
        builder.environment().remove("OMP_NUM_THREADS");
        if (!locale.isEmpty()) {
            List.of("LC_ALL", "LC_CTYPE", "LANG").forEach(builder.environment()::remove);
            builder.environment().putAll(locale);
        }
        if (!threads.isEmpty()) {
            builder.environment().put("OMP_NUM_THREADS", threads);
        }
        if (!javaOptions.isEmpty()) {
            builder.environment().put("REWARDLAB_JAVA_OPTS", javaOptions);
        }
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains("pid " + process.pid());
        return printed;
    }

    @Test
    void theKernelStartsInOneProcessWithPathsThatHaveBlanks() throws Exception {
        kernelspec.write(start, false);

        assertThat(json().path("language").asText()).isEqualTo("java");
        assertThat(json().path("display_name").asText()).isEqualTo("RewardLab (Java)");
        assertThat(json().path("interrupt_mode").asText()).isEqualTo("message");
        assertThat(json().path("env").path("EXTRA").asText()).isEqualTo("1");
        assertThat(started(""))
                .startsWith("arguments [/a file.json]\n")
                .contains("probe a \"b\" \\c\n", "encoding UTF-8\n", "headless true\n")
                .contains("threads " + Runtime.getRuntime().availableProcessors() + "\n");
    }

    @Test
    void aDollarSignInAVariableIsNotTakenForAVariableOfJupyter() throws Exception {
        kernelspec.write(start.with(Map.of(), Map.of("FOLDER", "/a $HOME/$$")), false);

        assertThat(json().path("env").path("FOLDER").asText()).isEqualTo("/a $$HOME/$$$$");
    }

    @Test
    void theUsersNumberOfThreadsWins() throws Exception {
        kernelspec.write(start, false);

        assertThat(started("", "7")).contains("threads 7\n");
        assertThat(json().path("env").has("OMP_NUM_THREADS")).isFalse();
        kernelspec.write(start, true);
        assertThat(json().path("env").has("OMP_NUM_THREADS"))
                .as("without a shell")
                .isTrue();
    }

    @Test
    void namesOfFilesAreUtf8WhereNoLocaleSaysOtherwise() throws Exception {
        kernelspec.write(start, false);

        locale = Map.of("LC_ALL", "C");
        assertThat(started("")).contains("names UTF-8\n", "locale C.UTF-8\n");
        locale = Map.of("LC_ALL", "");
        assertThat(started("")).contains("names UTF-8\n");
        locale = Map.of("LANG", "C.UTF-8");
        assertThat(started("")).contains("locale null\n");
    }

    @Test
    void theUsersOptionsWin() throws Exception {
        kernelspec.write(start, false);

        assertThat(started("-Xmx77m  -Dprobe=*"))
                .contains("probe *\n")
                .containsPattern("heap 7[0-9]\n")
                .contains("arguments [/a file.json]");
    }

    @Test
    void onWindowsJavaIsStartedDirectly() throws Exception {
        kernelspec.write(start, true);

        assertThat(json().path("argv").get(0).asText()).isEqualTo(start.java().toString());
        assertThat(started("")).contains("arguments [/a file.json]");
    }

    @Test
    void preparedClassesAreUsedAndAStaleOrMissingArchiveOnlyCostsSpeed() throws Exception {
        kernelIn("plain"); // Java 17 finds no archived class below a folder with a blank
        kernelspec.write(start, false);
        assertThat(kernelspec.archive(start, StartProbe.class.getName())).isEmpty();

        Path loaded = temp.resolve("loaded.txt");
        String log = "-Xlog:class+load:file=" + loaded;
        String fresh = started(log);
        String line = Files.readAllLines(loaded).stream()
                .filter(l -> l.contains("StartProbe"))
                .findFirst()
                .orElse("");
        assertThat(line).contains("shared objects file");

        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(1_000_000)));
        String stale = started(log);
        line = Files.readAllLines(loaded).stream()
                .filter(l -> l.contains("StartProbe"))
                .findFirst()
                .orElse("");
        assertThat(line).doesNotContain("shared objects file");

        try (var files = Files.list(kernelspec.folder())) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("classes-"))
                    .toList()) {
                Files.delete(file);
            }
        }
        String missing = started("");
        assertThat(List.of(fresh, stale, missing))
                .allSatisfy(
                        printed -> assertThat(printed).startsWith("arguments [").hasLineCount(10));
    }

    @Test
    void installingTwiceChangesNothingAndRemovingLeavesNothing() throws Exception {
        kernelspec.write(start, false);
        Map<String, String> first = contents();
        kernelspec.write(start, false);

        assertThat(contents()).isEqualTo(first);
        assertThat(first)
                .containsOnlyKeys(
                        "kernel.json", "java.args", "kernel.css", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg");
        assertThat(kernelspec.remove()).isTrue();
        assertThat(kernelspec.folder()).doesNotExist();
        assertThat(kernelspec.remove()).isFalse();
    }

    @Test
    void aDryStartThatFailsIsReportedAndLeavesNothing() {
        kernelspec.write(start, false);

        assertThat(kernelspec.archive(start, "no.such.Main")).contains("the dry start ended with 1");
        assertThat(kernelspec.folder()).isDirectoryNotContaining("glob:**{making,classes}*");
    }

    @Test
    void theLogosHaveTheSizesJupyterExpects() throws Exception {
        kernelspec.write(start, false);

        for (int size : new int[] {32, 64}) {
            var picture = ImageIO.read(kernelspec
                    .folder()
                    .resolve("logo-" + size + "x" + size + ".png")
                    .toFile());
            assertThat(picture.getWidth()).isEqualTo(size);
            assertThat(picture.getHeight()).isEqualTo(size);
        }
    }

    @Test
    void aClassPathThatCannotBeStartedIsRefused() {
        assertThatThrownBy(() -> new KernelStart(Path.of("/"), 17, List.of(), "Main", Map.of(), Map.of()))
                .hasMessageContaining("classPath is empty");
        assertThatThrownBy(
                        () -> new KernelStart(Path.of("/"), 17, List.of(Path.of("a.jar")), "Main", Map.of(), Map.of()))
                .hasMessageContaining("absolute");
        assertThatThrownBy(() ->
                        new KernelStart(Path.of("/"), 17, List.of(Path.of("/a:b.jar")), "Main", Map.of(), Map.of()))
                .hasMessageContaining("move the folder");
    }

    private Map<String, String> contents() throws Exception {
        Map<String, String> contents = new java.util.TreeMap<>();
        try (var files = Files.list(kernelspec.folder())) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
