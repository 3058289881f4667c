package org.rewardlab.kernel.protocol;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.function.Consumer;
import org.rewardlab.kernel.session.HistoryStore;
import org.rewardlab.kernel.session.Session;

/** Who serves which request of the shell channel. */
final class Handlers {

    private final Map<String, Consumer<Exchange>> byType;

    Handlers(Session session, UserInput input, ShellQueue queue, HistoryStore history) {
        Execution execution = new Execution(session, input, queue, history);
        Assistance assistance = new Assistance(session, queue);
        Comms comms = new Comms(session, execution, queue);
        byType = Map.ofEntries(
                Map.entry("kernel_info_request", KernelInfo::answer),
                Map.entry("execute_request", execution::execute),
                Map.entry("complete_request", assistance::complete),
                Map.entry("inspect_request", assistance::inspect),
                Map.entry("is_complete_request", assistance::isComplete),
                Map.entry("history_request", exchange -> HistoryAnswers.answer(exchange, history)),
                Map.entry("comm_open", comms::open),
                Map.entry("comm_msg", comms::message),
                Map.entry("comm_close", comms::close),
                Map.entry("comm_info_request", comms::info),
                Map.entry("interrupt_request", exchange -> exchange.reply("interrupt_reply", new JsonObject())),
                Map.entry("connect_request", exchange -> exchange.reply("connect_reply", new JsonObject())),
                Map.entry("debug_request", Handlers::noDebugger));
    }

    boolean knows(String type) {
        return byType.containsKey(type);
    }

    void handle(Exchange exchange) {
        Consumer<Exchange> handler = byType.get(exchange.request().type());
        if (handler != null) {
            handler.accept(exchange);
        }
    }

    /** A request of a later protocol: its client is told, and does not wait in vain. */
    static void unknown(Exchange exchange) {
        FailedRequest.answer(
                exchange,
                new UnsupportedOperationException(
                        "this kernel does not know " + exchange.request().type()));
    }

    private static void noDebugger(Exchange exchange) {
        JsonObject content = new JsonObject();
        content.addProperty("type", "response");
        content.addProperty("success", false);
        content.addProperty("message", "this kernel has no debugger");
        exchange.reply("debug_reply", content);
    }
}
