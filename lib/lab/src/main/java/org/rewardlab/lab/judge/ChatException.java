package org.rewardlab.lab.judge;

/** An answer that cannot be had: the message says which endpoint, what it said, and how often it was asked. */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChatException(String message) {
        super(message);
    }

    ChatException(String message, Throwable cause) {
        super(message, cause);
    }
}
