package org.rewardlab.lab.data;

import java.nio.file.Path;

/** Data that cannot be used as they are; the message is one line that names the file, where known the line, and what is wrong. */
public final class InvalidDataException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private InvalidDataException(String message) {
        super(message.replaceAll("\\s*\\R\\s*", " "));
    }

    static InvalidDataException in(Path file, String problem) {
        return new InvalidDataException(file + ": " + problem);
    }

    static InvalidDataException at(Place place, String problem) {
        return new InvalidDataException(place + ": " + problem);
    }
}
