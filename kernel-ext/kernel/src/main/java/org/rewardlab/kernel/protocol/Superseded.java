package org.rewardlab.kernel.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.rewardlab.kernel.wire.WireMessage;

/**
 * Which messages of widgets need no answer of their own: while a cell runs, a slider that is dragged sends one value after
 * another, and only the last of them means something when their turn comes.
 */
final class Superseded {

    private Superseded() {}

    /** Whether the message only sets what the later one, which directly follows in the queue, sets again. */
    static boolean by(Exchange message, Exchange later) {
        WireMessage one = message.request();
        WireMessage next = later.request();
        if (!next.type().equals("comm_msg") || !isPlainUpdate(one) || !isPlainUpdate(next)) {
            return false;
        }
        return one.text("comm_id", "").equals(next.text("comm_id", " "))
                && state(next).keySet().containsAll(state(one).keySet());
    }

    private static boolean isPlainUpdate(WireMessage message) {
        JsonObject data = Json.object(message.content(), "data");
        boolean update = data.has("method")
                && data.get("method").isJsonPrimitive()
                && data.get("method").getAsString().equals("update");
        JsonArray paths = data.get("buffer_paths") instanceof JsonArray array ? array : new JsonArray();
        return update && paths.isEmpty() && message.buffers().isEmpty();
    }

    private static JsonObject state(WireMessage message) {
        return Json.object(Json.object(message.content(), "data"), "state");
    }
}
