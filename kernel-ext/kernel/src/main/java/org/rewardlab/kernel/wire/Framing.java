package org.rewardlab.kernel.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Between messages and the frames of a socket: identities, a delimiter, the signature, four parts of JSON, buffers. */
final class Framing {

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final Signer signer;

    Framing(Signer signer) {
        this.signer = signer;
    }

    /** A message that cannot be read or is not signed with our key. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    List<byte[]> encode(WireMessage message) {
        List<byte[]> parts = List.of(
                bytes(message.header()), bytes(message.parent()), bytes(message.metadata()), bytes(message.content()));
        List<byte[]> frames = new ArrayList<>(message.identities());
        frames.add(DELIMITER);
        frames.add(signer.sign(parts));
        frames.addAll(parts);
        frames.addAll(message.buffers());
        return frames;
    }

    WireMessage decode(List<byte[]> frames) throws Unreadable {
        int delimiter = 0;
        while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        if (frames.size() < delimiter + 6) {
            throw new Unreadable("expected a delimiter, a signature and four parts, got " + frames.size() + " frames");
        }
        List<byte[]> parts = frames.subList(delimiter + 2, delimiter + 6);
        if (!signer.accepts(frames.get(delimiter + 1), parts)) {
            throw new Unreadable("the signature is not that of this connection's key");
        }
        try {
            JsonObject header = json(parts.get(0));
            if (!header.has("msg_type") || !header.has("msg_id")) {
                throw new Unreadable("the header lacks msg_type or msg_id");
            }
            return new WireMessage(
                    frames.subList(0, delimiter),
                    header,
                    json(parts.get(1)),
                    json(parts.get(2)),
                    json(parts.get(3)),
                    frames.subList(delimiter + 6, frames.size()));
        } catch (JsonParseException | IllegalStateException | ClassCastException e) {
            throw new Unreadable("a part is not a JSON object: " + e.getMessage());
        }
    }

    private static byte[] bytes(JsonObject json) {
        return JSON.toJson(json).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject json(byte[] bytes) throws Unreadable {
        JsonObject json = JSON.fromJson(new String(bytes, StandardCharsets.UTF_8), JsonObject.class);
        if (json == null) {
            throw new Unreadable("a part is empty");
        }
        return json;
    }
}
