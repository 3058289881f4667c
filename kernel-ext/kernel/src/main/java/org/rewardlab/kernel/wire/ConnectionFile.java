package org.rewardlab.kernel.wire;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a client wants a kernel to listen.
 *
 * @param transport {@code tcp} or {@code ipc}
 * @param ip an address, or for ipc the beginning of the sockets' paths
 * @param shellPort the port of the shell channel
 * @param controlPort the port of the control channel
 * @param stdinPort the port of the stdin channel
 * @param iopubPort the port of the broadcast channel
 * @param heartbeatPort the port of the heartbeat
 * @param scheme the signature scheme, such as {@code hmac-sha256}
 * @param key the key of signatures; empty for none
 */
public record ConnectionFile(
        String transport,
        String ip,
        int shellPort,
        int controlPort,
        int stdinPort,
        int iopubPort,
        int heartbeatPort,
        String scheme,
        String key) {

    /** Reads a connection file. */
    public static ConnectionFile read(Path file) throws IOException {
        try {
            return of(new Gson().fromJson(Files.readString(file), JsonObject.class));
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IOException("connection file " + file + ": expected JSON with the ports of a kernel", e);
        }
    }

    /** The same from JSON. */
    public static ConnectionFile of(JsonObject json) {
        return new ConnectionFile(
                text(json, "transport", "tcp"),
                text(json, "ip", "127.0.0.1"),
                json.get("shell_port").getAsInt(),
                json.get("control_port").getAsInt(),
                json.get("stdin_port").getAsInt(),
                json.get("iopub_port").getAsInt(),
                json.get("hb_port").getAsInt(),
                text(json, "signature_scheme", "hmac-sha256"),
                text(json, "key", ""));
    }

    private static String text(JsonObject json, String name, String otherwise) {
        JsonElement value = json.get(name);
        return value == null || value.isJsonNull() ? otherwise : value.getAsString();
    }
}
