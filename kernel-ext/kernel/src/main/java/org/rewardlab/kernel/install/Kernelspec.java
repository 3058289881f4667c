package org.rewardlab.kernel.install;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rewardlab.kernel.notebook.AtomicFile;

/** The kernel as Jupyter finds it: one folder with {@code kernel.json}, logos, a style sheet, start arguments and the class-data archive. */
public final class Kernelspec {
    /** The kernel's name, by which notebooks ask for it. */
    public static final String NAME = "rewardlab";

    /** What people read in Jupyter's menus. */
    public static final String DISPLAY_NAME = "RewardLab (Java)";

    /** What front ends load beside {@code kernel.json}; the style sheet is the classic notebook's. */
    private static final List<String> FRONT = List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg", "kernel.css");

    /** Without a locale, as in most containers, Java could open no file whose name has other letters than ASCII's. */
    private static final String UTF_8 =
            "case \"${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}\" in C | POSIX) export LC_ALL=C.UTF-8 ;; esac; ";

    private static final String ARGUMENTS = "java.args";

    /**
     * Starts java in the shell's own process, with the user's options after ours, so that they win, and with numbers of
     * threads where the user's environment has none.
     */
    private static final String SHELL =
            "set -f; java=$1 args=$2; shift 2; %sexec \"$java\" \"@$args\"" + " ${REWARDLAB_JAVA_OPTS-} \"$@\"";

    private final Path folder;

    private Kernelspec(Path folder) {
        this.folder = folder;
    }

    /** The kernelspec below a folder of kernels, there or not. */
    public static Kernelspec in(Path kernels) {
        return new Kernelspec(kernels.toAbsolutePath().normalize().resolve(NAME));
    }

    public Path folder() {
        return folder;
    }

    public boolean isInstalled() {
        return Files.isRegularFile(folder.resolve("kernel.json"));
    }

    /**
     * Writes the kernelspec over one that may be there; {@code kernel.json} comes last, so that a kernel is never found
     * half installed.
     *
     * @param windows whether the kernel will run on Windows, which has no shell to pass {@code REWARDLAB_JAVA_OPTS} on
     */
    public void write(KernelStart start, boolean windows) {
        ClassDataArchive archive = new ClassDataArchive(start, folder);
        List<String> arguments = new ArrayList<>(archive.useOptions());
        arguments.addAll(start.options());
        removeArchives();
        AtomicFile.write(folder.resolve(ARGUMENTS), ArgumentFile.text(arguments));
        for (String file : FRONT) {
            AtomicFile.write(folder.resolve(file), resource(file));
        }
        AtomicFile.write(folder.resolve("kernel.json"), json(start, windows));
    }

    /**
     * Makes the class-data archive with a dry start.
     *
     * @return what went wrong, empty when the archive is there
     */
    public String archive(KernelStart start, String dryRunClass) {
        return new ClassDataArchive(start, folder).make(dryRunClass);
    }

    /** Takes the kernelspec away; false when there is none. */
    public boolean remove() {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            Files.deleteIfExists(folder.resolve("kernel.json"));
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }

    private String json(KernelStart start, boolean windows) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        ArrayNode argv = json.putArray("argv");
        String java = start.java().toString();
        String arguments = folder.resolve(ARGUMENTS).toString();
        List<String> command = windows
                ? List.of(java, "@" + arguments, start.mainClass(), "{connection_file}")
                : List.of("/bin/sh", "-c", shell(), NAME, java, arguments, start.mainClass(), "{connection_file}");
        command.forEach(argv::add);
        json.put("display_name", DISPLAY_NAME);
        json.put("language", "java");
        json.put("interrupt_mode", "message");
        ObjectNode environment = json.putObject("env");
        if (windows) {
            threads().forEach(environment::put);
        }
        // Jupyter puts variables of its own environment in for $NAME, and a dollar sign for two
        start.environment().forEach((name, value) -> environment.put(name, value.replace("$", "$$")));
        json.putObject("metadata").put("debugger", false);
        return json.toPrettyString() + "\n";
    }

    private static Map<String, String> threads() {
        String processors = String.valueOf(Runtime.getRuntime().availableProcessors());
        return new TreeMap<>(Map.of("OMP_NUM_THREADS", processors, "OMP_WAIT_POLICY", "PASSIVE"));
    }

    private static String shell() {
        StringBuilder defaults = new StringBuilder(UTF_8);
        threads()
                .forEach((name, value) -> defaults.append("export ")
                        .append(name)
                        .append("=\"${")
                        .append(name)
                        .append(":-")
                        .append(value)
                        .append("}\"; "));
        return SHELL.formatted(defaults);
    }

    private void removeArchives() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("classes-"))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(Kernelspec.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
