package org.rewardlab.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JupyterFoldersTest {
    private static final Path HOME = Path.of("/home/a b");

    private static Path user(String system, Map<String, String> environment) {
        return new JupyterFolders(environment, system, HOME).userKernels();
    }

    @Test
    void theUsersFolderFollowsThePlatform() {
        assertThat(user("Linux", Map.of())).isEqualTo(Path.of("/home/a b/.local/share/jupyter/kernels"));
        assertThat(user("Linux", Map.of("XDG_DATA_HOME", "/x"))).isEqualTo(Path.of("/x/jupyter/kernels"));
        assertThat(user("Mac OS X", Map.of())).isEqualTo(Path.of("/home/a b/Library/Jupyter/kernels"));
        assertThat(user("Windows 11", Map.of("APPDATA", "/r"))).isEqualTo(Path.of("/r/jupyter/kernels"));
        assertThat(user("Windows 11", Map.of())).isEqualTo(HOME.resolve("AppData/Roaming/jupyter/kernels"));
    }

    @Test
    void theVariableOfJupyterWinsEverywhere() {
        for (String system : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
            assertThat(user(system, Map.of("JUPYTER_DATA_DIR", "/data", "APPDATA", "/r")))
                    .isEqualTo(Path.of("/data/kernels"));
        }
        assertThat(user("Linux", Map.of("JUPYTER_DATA_DIR", " "))).startsWithRaw(HOME);
    }

    @Test
    void kernelsAreLookedForWhereJupyterLooks() {
        assertThat(new JupyterFolders(Map.of("JUPYTER_PATH", "/p:/q", "VIRTUAL_ENV", "/venv"), "Linux", HOME)
                        .searched())
                .containsExactly(
                        Path.of("/p/kernels"),
                        Path.of("/q/kernels"),
                        Path.of("/home/a b/.local/share/jupyter/kernels"),
                        Path.of("/venv/share/jupyter/kernels"),
                        Path.of("/usr/local/share/jupyter/kernels"),
                        Path.of("/usr/share/jupyter/kernels"));
    }

    @Test
    void homeIsWhereTheEnvironmentSays() {
        Map<String, String> elsewhere = Map.of("HOME", "/tmp/other");
        assertThat(JupyterFolders.of(elsewhere, "Linux", "/home/ada").userKernels())
                .isEqualTo(Path.of("/tmp/other/.local/share/jupyter/kernels"));
        assertThat(JupyterFolders.of(Map.of(), "Linux", "/home/ada").userKernels())
                .isEqualTo(Path.of("/home/ada/.local/share/jupyter/kernels"));
        assertThat(JupyterFolders.of(elsewhere, "Windows 11", "/users/x")
                        .userKernels()
                        .toString())
                .startsWith("/users/x");
        assertThat(JupyterFolders.of(Map.of("HOME", "/tmp/other", "JUPYTER_DATA_DIR", "/data/j"), "Linux", "/home/ada")
                        .userKernels())
                .isEqualTo(Path.of("/data/j/kernels"));
    }
}
