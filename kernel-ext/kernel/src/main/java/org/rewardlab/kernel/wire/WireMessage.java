package org.rewardlab.kernel.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * A message of the Jupyter protocol.
 *
 * @param identities routing prefix: the client's identity, or a topic on the broadcast channel
 * @param header who sent what and when
 * @param parent the header of the request that this answers; empty where there is none
 * @param metadata extra facts
 * @param content the message itself
 * @param buffers binary parts
 */
public record WireMessage(
        List<byte[]> identities,
        JsonObject header,
        JsonObject parent,
        JsonObject metadata,
        JsonObject content,
        List<byte[]> buffers) {

    public WireMessage {
        identities = List.copyOf(identities);
        buffers = List.copyOf(buffers);
    }

    /** The kind of message, such as {@code execute_request}. */
    public String type() {
        return text(header, "msg_type", "");
    }

    /** A text field of the content. */
    public String text(String name, String otherwise) {
        return text(content, name, otherwise);
    }

    /** A truth value of the content. */
    public boolean flag(String name, boolean otherwise) {
        JsonElement value = content.get(name);
        return isPrimitive(value) ? value.getAsBoolean() : otherwise;
    }

    /** A whole number of the content. */
    public int number(String name, int otherwise) {
        JsonElement value = content.get(name);
        return isPrimitive(value) ? value.getAsInt() : otherwise;
    }

    private static boolean isPrimitive(JsonElement value) {
        return value != null && value.isJsonPrimitive();
    }

    private static String text(JsonObject json, String name, String otherwise) {
        JsonElement value = json.get(name);
        return isPrimitive(value) ? value.getAsString() : otherwise;
    }
}
