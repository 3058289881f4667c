package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Path CATALOG = Datasets.find("datasets/catalog.json");

    @Test
    void shippedSetsAreThereWithCardAndChecksum() throws IOException, NoSuchAlgorithmException {
        JsonNode shipped = new ObjectMapper().readTree(CATALOG.toFile()).path("shipped");
        assertThat(shipped).isNotEmpty();
        for (JsonNode set : shipped) {
            Path file = CATALOG.resolveSibling(set.path("file").textValue());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            assertThat(HexFormat.of().formatHex(digest))
                    .isEqualTo(set.path("sha256").textValue());
            assertThat(CATALOG.resolveSibling(set.path("card").textValue())).isNotEmptyFile();
            Preferences pairs = Preferences.read(file);
            assertThat(pairs.size()).isEqualTo(set.path("rows").intValue());
            assertThat(set.path("fields"))
                    .extracting(JsonNode::textValue)
                    .containsExactlyElementsOf(pairs.table().columnNames());
        }
    }

    @Test
    void publicSetsSayWhereTheyAreAndUnderWhichLicence() throws IOException {
        JsonNode sets = new ObjectMapper().readTree(CATALOG.toFile()).path("public");
        assertThat(sets).isNotEmpty().allSatisfy(set -> {
            assertThat(set.path("page").textValue()).startsWith("https://");
            assertThat(set.path("licence").textValue()).isNotBlank();
            assertThat(set.path("fields")).isNotEmpty();
        });
    }
}
