package org.rewardlab.kernel.install;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rewardlab.kernel.Main;

/**
 * The session that shows the JVM which classes to prepare: it starts the kernel, asks it what front ends ask first, and
 * ends. Modules above this one add cells of their own as a resource.
 */
public final class DryStart {
    /** A resource of Java that a module wants run, so that its classes are prepared too; every one on the class path is. */
    static final String CELL = "META-INF/rewardlab/warm-up.jsh";

    private static final List<String> CELLS = List.of(
            "int warm = 6 * 7;\nSystem.out.println(\"warm \" + warm);\nwarm",
            "record Warm(int x) {}\nfor (int i = 0; i < 3; i++) display(new Warm(i));\nList.of(new Warm(1))",
            "throw new IllegalStateException(\"warm\")");

    private DryStart() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Files.createTempFile("rewardlab-dry-start", ".json");
        try {
            String key = "dry-start";
            int[] ports = freePorts();
            Files.writeString(file, connection(ports, key));
            Thread kernel = new Thread(() -> Main.main(new String[] {file.toString()}), "kernel");
            kernel.setDaemon(true);
            kernel.start();
            try (DryClient client = new DryClient(ports[0], key)) {
                converse(client);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        System.exit(0);
    }

    private static void converse(DryClient client) throws IOException {
        ObjectMapper json = new ObjectMapper();
        client.ask("kernel_info_request", json.createObjectNode());
        List<String> cells = new ArrayList<>(CELLS);
        for (URL cell : Collections.list(DryStart.class.getClassLoader().getResources(CELL))) {
            try (InputStream in = cell.openStream()) {
                cells.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        for (String cell : cells) {
            ObjectNode content = json.createObjectNode();
            content.put("code", cell)
                    .put("silent", false)
                    .put("store_history", false)
                    .put("allow_stdin", false);
            content.put("stop_on_error", false).putObject("user_expressions");
            client.ask("execute_request", content);
        }
        client.ask(
                "complete_request",
                json.createObjectNode().put("code", "List.o").put("cursor_pos", 6));
        client.ask(
                "inspect_request",
                json.createObjectNode()
                        .put("code", "List.of(1)")
                        .put("cursor_pos", 6)
                        .put("detail_level", 0));
        client.ask("is_complete_request", json.createObjectNode().put("code", "if (warm > 1) {"));
    }

    private static String connection(int[] ports, String key) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("transport", "tcp")
                .put("ip", "127.0.0.1")
                .put("signature_scheme", "hmac-sha256")
                .put("key", key);
        json.put("shell_port", ports[0]).put("iopub_port", ports[1]).put("stdin_port", ports[2]);
        json.put("control_port", ports[3]).put("hb_port", ports[4]);
        return json.toString();
    }

    private static int[] freePorts() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            int[] ports = new int[5];
            for (int i = 0; i < ports.length; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports[i] = socket.getLocalPort();
            }
            return ports;
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
