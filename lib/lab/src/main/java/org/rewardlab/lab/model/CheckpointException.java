package org.rewardlab.lab.model;

import java.nio.file.Path;

/** A file of weights that cannot be used as it is; the message names the file and what is wrong in one line. */
public final class CheckpointException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    CheckpointException(Path file, String problem) {
        super((file + ": " + problem).replaceAll("\\s*\\R\\s*", " "));
    }
}
