package org.rewardlab.workbench.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every notebook of the project at the smallest scale, two at a time: all cells run, and every claim is computed. */
class NotebooksIT {

    @Test
    void everyNotebookRunsAndComputesItsClaim(@TempDir Path folder) throws IOException {
        List<Path> notebooks;
        try (Stream<Path> all = Files.walk(Program.HOME.resolve("notebooks"), 2)) {
            notebooks = all.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
        assertThat(notebooks).isNotEmpty();
        List<String> arguments = new ArrayList<>(List.of("run", "--jobs", "2", "--out", folder.toString()));
        notebooks.forEach(file -> arguments.add(file.toString()));
        Program run = Program.rewardlab(
                Map.of("REWARDLAB_SCALE", "smoke", "REWARDLAB_DATA", "", "REWARDLAB_SEED", ""),
                arguments.toArray(String[]::new));
        assertThat(run.status()).as(run.everything()).isZero();
        for (Path notebook : notebooks) {
            assertThat(Files.readString(folder.resolve(notebook.getFileName())))
                    .as("%s", notebook)
                    .contains("application/vnd.rewardlab.claim+json");
        }
    }
}
