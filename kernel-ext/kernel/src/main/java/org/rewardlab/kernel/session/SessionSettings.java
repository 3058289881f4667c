package org.rewardlab.kernel.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a session starts.
 *
 * @param classPath jars and folders of classes beside those of the application
 * @param compilerOptions options of javac
 * @param startupScripts files of Java, run before the first cell
 * @param startupScript Java source, run before the first cell
 * @param timeout the time after which a cell is interrupted; null for none
 * @param workingFolder where relative paths of magics begin
 * @param extensions whether extensions beside those of this project are installed
 */
public record SessionSettings(
        List<Path> classPath,
        List<String> compilerOptions,
        List<Path> startupScripts,
        String startupScript,
        @Nullable Duration timeout,
        Path workingFolder,
        boolean extensions) {

    public SessionSettings {
        classPath = List.copyOf(classPath);
        compilerOptions = List.copyOf(compilerOptions);
        startupScripts = List.copyOf(startupScripts);
    }

    /** Nothing but the defaults. */
    public static SessionSettings defaults() {
        return new SessionSettings(List.of(), List.of(), List.of(), "", null, Path.of(""), true);
    }

    /** The same with a time limit for each cell. */
    public SessionSettings withTimeout(@Nullable Duration limit) {
        return new SessionSettings(
                classPath, compilerOptions, startupScripts, startupScript, limit, workingFolder, extensions);
    }

    /** The same with another working folder. */
    public SessionSettings withWorkingFolder(Path folder) {
        return new SessionSettings(
                classPath, compilerOptions, startupScripts, startupScript, timeout, folder, extensions);
    }
}
