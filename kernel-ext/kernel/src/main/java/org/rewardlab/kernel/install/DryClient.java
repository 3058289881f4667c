package org.rewardlab.kernel.install;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Just enough of a front end to ask a kernel on this machine one question after another. */
final class DryClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
    private final SecretKeySpec key;
    private int asked;

    DryClient(int port, String key) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        shell.setReceiveTimeOut(PATIENCE_MILLIS);
        shell.connect("tcp://127.0.0.1:" + port);
    }

    /** Sends a request and waits for its reply. */
    void ask(String type, ObjectNode content) throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("msg_id", "dry-" + ++asked)
                .put("msg_type", type)
                .put("session", "dry")
                .put("username", "dry");
        header.put("date", Instant.now().toString()).put("version", "5.3");
        List<String> parts = List.of(header.toString(), "{}", "{}", content.toString());
        shell.sendMore("<IDS|MSG>");
        shell.sendMore(signature(parts));
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = parts.get(i).getBytes(StandardCharsets.UTF_8);
            if (i + 1 < parts.size()) {
                shell.sendMore(part);
            } else {
                shell.send(part);
            }
        }
        do {
            if (shell.recv() == null) {
                throw new IOException(
                        "the kernel did not answer a " + type + " within " + PATIENCE_MILLIS / 1000 + " s");
            }
        } while (shell.hasReceiveMore());
    }

    private String signature(List<String> parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            parts.forEach(part -> mac.update(part.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot sign messages", e);
        }
    }

    @Override
    public void close() {
        context.setLinger(0);
        context.close();
    }
}
