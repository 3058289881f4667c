package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    @TempDir
    Path folder;

    @Test
    void homeIsTheNearestParentWithDatasetsOrWhatIsNamed() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("notebooks/course"));
        Files.createDirectories(folder.resolve("datasets"));
        assertThat(Datasets.home(deep, null)).contains(folder);
        assertThat(Datasets.home(deep, " ")).contains(folder);
        assertThat(Datasets.home(deep, "/elsewhere")).contains(Path.of("/elsewhere"));
    }

    @Test
    void whatDoesNotExistKeepsItsNameForTheMessage() {
        assertThat(Datasets.find("datasets/none.jsonl")).isEqualTo(Path.of("datasets/none.jsonl"));
        assertThat(Datasets.find("datasets/helpful-toy.jsonl")).isRegularFile();
    }
}
