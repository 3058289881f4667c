package org.rewardlab.kernel.install;

import java.io.Serial;

/** The kernel cannot be installed; the message is one line that says what is missing or wrong. */
public final class InstallException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InstallException(String message) {
        super(message);
    }

    public InstallException(String message, Throwable cause) {
        super(message, cause);
    }
}
