package org.rewardlab.kernel.install;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Jupyter keeps kernelspecs on this platform.
 *
 * @param environment the process's environment
 * @param system the operating system's name as Java reports it
 * @param home the user's home folder
 */
public record JupyterFolders(Map<String, String> environment, String system, Path home) {
    public JupyterFolders {
        environment = Map.copyOf(environment);
    }

    /** The folders of the user who runs this program. */
    public static JupyterFolders ofThisUser() {
        return of(System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", "."));
    }

    /** As Jupyter does, {@code HOME} is believed before what the system knows of the user; on Windows it means nothing. */
    static JupyterFolders of(Map<String, String> environment, String system, String userHome) {
        JupyterFolders known = new JupyterFolders(environment, system, Path.of(userHome));
        String home = known.set("HOME");
        return home == null || known.isWindows() ? known : new JupyterFolders(environment, system, Path.of(home));
    }

    /** The user's own kernelspecs. */
    public Path userKernels() {
        return userData().resolve("kernels");
    }

    /** The kernelspecs of an installation of Jupyter below {@code prefix}, such as a virtual environment. */
    public static Path prefixKernels(Path prefix) {
        return prefix.resolve("share").resolve("jupyter").resolve("kernels");
    }

    /** All folders in which Jupyter looks for kernelspecs, the first wins. */
    public List<Path> searched() {
        List<Path> folders = new ArrayList<>();
        String extra = environment.getOrDefault("JUPYTER_PATH", "");
        for (String folder : extra.split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder).resolve("kernels"));
            }
        }
        folders.add(userKernels());
        String active = environment.getOrDefault("VIRTUAL_ENV", environment.getOrDefault("CONDA_PREFIX", ""));
        if (!active.isBlank()) {
            folders.add(prefixKernels(Path.of(active)));
        }
        if (isWindows()) {
            String shared = environment.getOrDefault("PROGRAMDATA", "");
            if (!shared.isBlank()) {
                folders.add(Path.of(shared, "jupyter", "kernels"));
            }
        } else {
            folders.add(prefixKernels(Path.of("/usr/local")));
            folders.add(prefixKernels(Path.of("/usr")));
        }
        return folders;
    }

    boolean isWindows() {
        return system.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private Path userData() {
        String named = set("JUPYTER_DATA_DIR");
        if (named != null) {
            return Path.of(named).toAbsolutePath();
        }
        if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
            return home.resolve("Library").resolve("Jupyter");
        }
        if (isWindows()) {
            String roaming = set("APPDATA");
            return (roaming == null ? home.resolve("AppData").resolve("Roaming") : Path.of(roaming)).resolve("jupyter");
        }
        String data = set("XDG_DATA_HOME");
        return (data == null ? home.resolve(".local").resolve("share") : Path.of(data)).resolve("jupyter");
    }

    private @Nullable String set(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
