package org.rewardlab.kernel.protocol;

import java.util.List;
import org.rewardlab.kernel.eval.ErrorReport;
import org.rewardlab.kernel.output.SystemStreams;

/** The answer to a request whose handler broke down: a client never waits in vain. */
final class FailedRequest {

    private FailedRequest() {}

    static void answer(Exchange exchange, Throwable failure) {
        SystemStreams.processErr().println("[kernel] " + exchange.request().type() + " failed: " + failure);
        String type = exchange.request().type();
        if (type.endsWith("_request")) {
            String name = failure.getClass().getName();
            String message = String.valueOf(failure.getMessage());
            exchange.replyError(
                    type.substring(0, type.length() - "_request".length()) + "_reply",
                    new ErrorReport(name, message, List.of(name + ": " + message)));
        }
    }
}
