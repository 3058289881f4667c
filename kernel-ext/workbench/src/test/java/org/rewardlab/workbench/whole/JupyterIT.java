package org.rewardlab.workbench.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart in a real Jupyter: kernel installed into a private prefix, notebook executed by nbconvert. */
class JupyterIT {

    private static final String CLAIM = "application/vnd.rewardlab.claim+json";

    @Test
    void nbconvertExecutesTheQuickstart(@TempDir Path folder) throws IOException {
        String jupyter = System.getenv("REWARDLAB_TEST_JUPYTER");
        assumeTrue(jupyter != null, "REWARDLAB_TEST_JUPYTER names no Jupyter");
        Path prefix = Files.createDirectory(folder.resolve("a prefix"));
        Program install = Program.rewardlab(Map.of(), "kernel", "install", "--prefix", prefix.toString());
        assertThat(install.status()).as(install.everything()).isZero();
        Program run = Program.run(
                Program.HOME.resolve("notebooks/course"),
                Map.of(
                        "JUPYTER_PATH", prefix.resolve("share/jupyter").toString(),
                        "REWARDLAB_SCALE", "smoke",
                        "REWARDLAB_DATA", ""),
                List.of(
                        jupyter,
                        "nbconvert",
                        "--to",
                        "notebook",
                        "--execute",
                        "--ExecutePreprocessor.timeout=300",
                        "--output-dir",
                        folder.toString(),
                        "--output",
                        "done.ipynb",
                        "00-quickstart.ipynb"));
        assertThat(run.status()).as(run.everything()).isZero();
        JsonNode notebook =
                new ObjectMapper().readTree(folder.resolve("done.ipynb").toFile());
        boolean claimed = false;
        boolean pictured = false;
        for (JsonNode cell : notebook.get("cells")) {
            for (JsonNode output : cell.path("outputs")) {
                assertThat(output.path("output_type").asText()).isNotEqualTo("error");
                claimed |= output.path("data").has(CLAIM);
                pictured |= output.path("data").has("image/svg+xml")
                        || output.path("data").has("image/png");
            }
            if (cell.path("cell_type").asText().equals("code")) {
                assertThat(cell.path("execution_count").isInt()).isTrue();
            }
        }
        assertThat(claimed).as("a claim among the outputs").isTrue();
        assertThat(pictured).as("a figure among the outputs").isTrue();
    }
}
