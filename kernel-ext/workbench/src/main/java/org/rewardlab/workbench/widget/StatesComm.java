package org.rewardlab.workbench.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;

/** Tells a front end that was loaded anew the state of all widgets in one message. */
final class StatesComm extends Comm {

    static final String TARGET = "jupyter.widget.control";

    private final CommManager manager;

    StatesComm(CommManager manager, String id, String target) {
        super(manager, id, target);
        this.manager = manager;
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
        JsonElement method = message.getContent().getData().get("method");
        if (method == null || !method.getAsString().equals("request_states")) {
            System.err.println("[widgets: expected the method \"request_states\", got " + method + "]");
            return;
        }
        JsonObject states = new JsonObject();
        JsonArray paths = new JsonArray();
        List<byte[]> buffers = new ArrayList<>();
        for (Comm comm : manager) {
            if (comm instanceof WidgetComm widget) {
                states.add(comm.getID(), model(widget.widget(), comm.getID(), paths, buffers));
            }
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("method", "update_states");
        answer.add("states", states);
        answer.add("buffer_paths", paths);
        send(answer, null, buffers);
    }

    private static JsonObject model(Widget widget, String id, JsonArray paths, List<byte[]> buffers) {
        WireState wire = widget.wireState();
        for (JsonElement path : wire.paths()) {
            JsonArray whole = new JsonArray();
            whole.add(id);
            whole.add("state");
            whole.addAll(path.getAsJsonArray());
            paths.add(whole);
        }
        buffers.addAll(wire.buffers());
        JsonObject model = new JsonObject();
        for (String name : List.of("model_name", "model_module", "model_module_version")) {
            model.add(name, wire.state().get("_" + name));
        }
        model.add("state", wire.state());
        return model;
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean sending) {}
}
