package org.rewardlab.kernel.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.session.SessionComms;
import org.rewardlab.kernel.wire.WireMessage;

/** Serves the messages of comms: what they do runs on the cell thread, and what it prints belongs to their message. */
final class Comms {

    private final Session session;
    private final Execution execution;
    private final ShellQueue queue;

    Comms(Session session, Execution execution, ShellQueue queue) {
        this.session = session;
        this.execution = execution;
        this.queue = queue;
    }

    void open(Exchange exchange) {
        WireMessage request = exchange.request();
        String id = request.text("comm_id", "");
        String target = request.text("target_name", "");
        if (session.comms().getTarget(target) == null) {
            JsonObject close = new JsonObject();
            close.addProperty("comm_id", id);
            close.add("data", new JsonObject());
            exchange.publish("comm_close", close);
            return;
        }
        onCellThread(exchange, comms -> comms.opened(id, target, data(request), request.metadata(), request.buffers()));
    }

    void message(Exchange exchange) {
        Exchange next = queue.next();
        if (next != null && Superseded.by(exchange, next)) {
            return;
        }
        WireMessage request = exchange.request();
        onCellThread(
                exchange,
                comms -> comms.received(
                        request.text("comm_id", ""), data(request), request.metadata(), request.buffers()));
    }

    void close(Exchange exchange) {
        WireMessage request = exchange.request();
        onCellThread(exchange, comms -> comms.closed(request.text("comm_id", ""), data(request)));
    }

    void info(Exchange exchange) {
        String target = exchange.request().text("target_name", "");
        JsonObject open = new JsonObject();
        for (Comm comm : session.comms().open()) {
            if (target.isEmpty() || target.equals(comm.getTargetName())) {
                JsonObject info = new JsonObject();
                info.addProperty("target_name", comm.getTargetName());
                open.add(comm.getID(), info);
            }
        }
        JsonObject content = new JsonObject();
        content.add("comms", open);
        exchange.reply("comm_info_reply", content);
    }

    /** Something that a comm does. */
    private interface Action {
        void run(SessionComms comms);
    }

    private void onCellThread(Exchange exchange, Action action) {
        session.serve(execution.count(), new WireOutput(exchange, null), () -> action.run(session.comms()));
    }

    private static JsonObject data(WireMessage request) {
        JsonElement data = request.content().get("data");
        return data instanceof JsonObject json ? json : new JsonObject();
    }
}
