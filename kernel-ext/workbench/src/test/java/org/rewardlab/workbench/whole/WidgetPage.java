package org.rewardlab.workbench.whole;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** A page with the widgets' own front-end code, built from their published packages and served on the loopback address. */
final class WidgetPage implements AutoCloseable {

    private static final Path SOURCE = Path.of("src/test/front").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/front").toAbsolutePath();
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8", "css", "text/css");

    private final HttpServer server;

    WidgetPage() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String name = exchange.getRequestURI().getPath().substring(1);
            Path file = FOLDER.resolve("out").resolve(name).normalize();
            boolean known = file.startsWith(FOLDER.resolve("out")) && Files.isRegularFile(file);
            byte[] body = known ? Files.readAllBytes(file) : new byte[0];
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(known ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** Fetches the packages; false where they cannot be had. */
    static boolean fetch() throws IOException {
        Files.createDirectories(FOLDER.resolve("out"));
        for (String name : List.of("package.json", "page.js")) {
            Files.copy(SOURCE.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(SOURCE.resolve("page.html"), FOLDER.resolve("out/page.html"), StandardCopyOption.REPLACE_EXISTING);
        Program install = Program.run(
                FOLDER,
                Map.of(),
                List.of(
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--no-package-lock",
                        "--fetch-retries=1",
                        "--fetch-timeout=60000"));
        return install.status() == 0;
    }

    /** Builds the page; empty where that went well, else what the bundler said. */
    static String build() {
        Program build = Program.run(FOLDER, Map.of(), List.of("npm", "run", "build"));
        return build.status() == 0 ? "" : build.everything();
    }

    static boolean canBeBuilt() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder).resolve("npm"))) {
                return true;
            }
        }
        return false;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
