package org.rewardlab.workbench.widget;

import com.google.gson.JsonObject;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;

/** A widget's wire to the front end. */
final class WidgetComm extends Comm {

    private final Widget widget;

    WidgetComm(CommManager manager, String id, String target, Widget widget) {
        super(manager, id, target);
        this.widget = widget;
    }

    Widget widget() {
        return widget;
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
        JsonObject data = message.getContent().getData();
        String method = data.has("method") ? data.get("method").getAsString() : "";
        switch (method) {
            case "update" -> widget.received(data.get("state") instanceof JsonObject state ? state : new JsonObject());
            case "request_state" -> widget.sendAll();
            case "custom" -> widget.event(data.get("content") instanceof JsonObject event ? event : new JsonObject());
            default -> System.err.println("[widgets: a message of unknown method \"" + method + "\"]");
        }
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean sending) {
        widget.closed(this);
    }
}
