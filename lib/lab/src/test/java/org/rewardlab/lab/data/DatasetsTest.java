package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty("rewardlab.data");
    }

    @Test
    void shippedSetIsFoundFromAnyFolderOfTheProject() {
        assertThat(Datasets.find("datasets/helpful-toy.jsonl")).isRegularFile();
    }

    @Test
    void whatDoesNotExistKeepsItsNameForTheMessage() {
        assertThat(Datasets.find("datasets/none.jsonl")).isEqualTo(Path.of("datasets/none.jsonl"));
    }

    @Test
    void dataOfOnesOwnStandBeforeTheShippedSet() {
        System.setProperty("rewardlab.data", "  ");
        assertThat(Datasets.given()).isEmpty();
        assertThat(Datasets.givenOr("datasets/helpful-toy.jsonl")).isRegularFile();
        System.setProperty("rewardlab.data", folder.toString());
        assertThat(Datasets.givenOr("datasets/helpful-toy.jsonl")).isEqualTo(folder);
    }
}
