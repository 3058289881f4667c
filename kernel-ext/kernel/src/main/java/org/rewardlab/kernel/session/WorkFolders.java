package org.rewardlab.kernel.session;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where relative paths begin: at the notebook's folder, or at that of a script or notebook which is being loaded. */
public final class WorkFolders {

    private final Path start;
    private final Deque<Path> loaded = new ArrayDeque<>();

    WorkFolders(Path start) {
        this.start = start;
    }

    /** The folder of what runs now. */
    public Path current() {
        Path top = loaded.peek();
        return top != null ? top : start;
    }

    /** A path as the running code means it. */
    public Path resolve(String path) {
        String home = path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
        return current().resolve(home);
    }

    /** Runs what is loaded from a file, whose folder is the current one meanwhile. */
    public void beside(Path file, Runnable work) {
        Path folder = file.toAbsolutePath().getParent();
        loaded.push(folder == null ? start : folder);
        try {
            work.run();
        } finally {
            loaded.pop();
        }
    }
}
