package org.rewardlab.workbench.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What {@code rewardlab lab} opens in the user's browser. */
class LabIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void theQuickstartOpensAndThePapersAreInReach(@TempDir Path folder) throws Exception {
        assumeTrue(
                System.getenv("REWARDLAB_TEST_JUPYTER") != null && Browser.isHere(),
                "no Jupyter, or no Chromium with its driver");
        Path log = folder.resolve("server.log");
        Path opened = folder.resolve("opened");
        Process lab = start(folder, opened, log);
        try (Browser browser = new Browser(folder.resolve("profile"))) {
            browser.driver().get(opened(lab, opened, log));
            WebDriverWait wait = new WebDriverWait(browser.driver(), PATIENCE);
            wait.until(d -> address(browser).contains("course/00-quickstart.ipynb"));
            wait.until(d -> browser.text().contains("By hand"));
            assertThat(browser.picture("lab")).isNotEmpty();

            URI quickstart = URI.create(address(browser));
            browser.driver().get(quickstart.resolve("/api/contents/papers").toString());
            assertThat(browser.text()).contains("papers/32-par.ipynb");
        } finally {
            List<ProcessHandle> all = new ArrayList<>(lab.descendants().toList());
            all.add(lab.toHandle());
            all.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle process : all) {
                process.onExit().get();
            }
        }
    }

    /** The script with a home folder of its own and a browser that only writes down what it was to open. */
    private static Process start(Path folder, Path opened, Path log) throws IOException {
        Path browser = folder.resolve("browser");
        Files.writeString(
                browser, "#!/bin/sh\nprintf %s \"$1\" >" + opened + ".part && mv " + opened + ".part " + opened);
        assertThat(browser.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        Program.HOME.resolve("environment/rewardlab").toString(),
                        "lab",
                        "--ip=127.0.0.1",
                        "--port=" + freePort(),
                        "--browser=" + browser + " %s")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put("HOME", Files.createDirectory(folder.resolve("home")).toString());
        List.of("JUPYTER_PATH", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "XDG_RUNTIME_DIR")
                .forEach(builder.environment()::remove);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String address(Browser browser) {
        return Objects.toString(browser.driver().getCurrentUrl());
    }

    private static String opened(Process lab, Path opened, Path log) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(opened)) {
            assertThat(lab.isAlive() && System.nanoTime() < end)
                    .as("it opened nothing; it said:\n" + Files.readString(log))
                    .isTrue();
            Thread.sleep(200);
        }
        return Files.readString(opened);
    }
}
