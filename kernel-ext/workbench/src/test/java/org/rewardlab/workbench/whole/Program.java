package org.rewardlab.workbench.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end. */
record Program(int status, String output, String errors) {

    /** The top folder of the project. */
    static final Path HOME = home();

    private static Path home() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("environment/rewardlab"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no folder above holds environment/rewardlab");
    }

    /** Runs a command in a folder, with variables added to the environment; an empty one is taken out of it. */
    static Program run(Path folder, Map<String, String> variables, List<String> command) {
        try {
            Path out = Files.createTempFile("out", ".txt");
            Path err = Files.createTempFile("err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.redirectInput(
                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            variables.forEach((name, value) -> {
                if (value.isEmpty()) {
                    builder.environment().remove(name);
                } else {
                    builder.environment().put(name, value);
                }
            });
            Process process = builder.start();
            if (!process.waitFor(25, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end in 25 minutes");
            }
            Program ended = new Program(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs the project's script from some other folder. */
    static Program rewardlab(Map<String, String> variables, String... arguments) {
        List<String> command = new java.util.ArrayList<>(
                List.of("bash", HOME.resolve("environment/rewardlab").toString()));
        command.addAll(List.of(arguments));
        return run(Path.of(System.getProperty("java.io.tmpdir")), variables, command);
    }

    String everything() {
        return output + errors;
    }
}
