package org.rewardlab.kernel.protocol;

import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.wire.WireMessage;

/** Questions to the user: one at a time, answered on the stdin channel. */
final class UserInput {

    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /** Takes a message of the stdin channel. */
    void receive(WireMessage message) {
        if (message.type().equals("input_reply")) {
            answers.add(message.text("value", ""));
        }
    }

    /** Asks and waits; an interrupt ends the wait without an answer. */
    @Nullable
    String ask(Exchange exchange, String prompt, boolean password) {
        synchronized (this) {
            answers.clear();
            exchange.requestInput(prompt, password);
            try {
                return answers.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }
}
