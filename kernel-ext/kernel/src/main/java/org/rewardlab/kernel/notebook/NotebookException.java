package org.rewardlab.kernel.notebook;

import java.io.Serial;

/** A file that is no notebook this program can work on; the message is one line that names the file and what is wrong. */
public final class NotebookException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    public NotebookException(String message) {
        super(message);
    }

    public NotebookException(String message, Throwable cause) {
        super(message, cause);
    }
}
