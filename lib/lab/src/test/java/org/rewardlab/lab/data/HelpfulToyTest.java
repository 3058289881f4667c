package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpfulToyTest {
    private static final Path SHIPPED = Datasets.find("datasets/helpful-toy.jsonl");

    @TempDir
    Path folder;

    @Test
    void shippedFileIsWhatTheGeneratorWrites() throws IOException {
        Path again = folder.resolve("again.jsonl");
        HelpfulToyFile.write(HelpfulToy.standard(), again);
        assertThat(Files.mismatch(SHIPPED, again)).isEqualTo(-1);
        assertThat(folder).isDirectoryContaining("glob:**again.jsonl").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shippedFileReadsBackWithoutLoss() {
        Preferences pairs = Preferences.read(SHIPPED);
        List<HelpfulToy.Row> rows = HelpfulToy.standard().rows();
        assertThat(pairs.pairs())
                .isEqualTo(rows.stream().map(HelpfulToy.Row::pair).toList());
        assertThat(pairs.report().dropped()).isEmpty();
        assertThat(pairs.table().doubleColumn("latent_margin").get(17))
                .isEqualTo(rows.get(17).latentMargin());
    }

    @Test
    void labelsFollowTheirLatentRewardsAsBradleyAndTerrySay() {
        HelpfulToy toy = new HelpfulToy(20_000, 5);
        double agreeing = toy.rows().stream()
                .mapToDouble(row -> row.latentMargin() > 0 ? 1 : row.latentMargin() < 0 ? 0 : 0.5)
                .average()
                .orElseThrow();
        assertThat(agreeing).isCloseTo(toy.bayesAccuracy(), within(0.01));
        double near = toy.rows().stream()
                .filter(row -> Math.abs(row.latentMargin()) == 1.0)
                .mapToDouble(row -> row.latentMargin() > 0 ? 1 : 0)
                .average()
                .orElseThrow();
        assertThat(near).isCloseTo(0.7311, within(0.03)); // sigmoid(1)
    }

    @Test
    void cardTellsTheTruth() throws IOException {
        HelpfulToy toy = HelpfulToy.standard();
        double longer = toy.rows().stream()
                .mapToInt(row -> Words.count(row.pair().chosen())
                        - Words.count(row.pair().rejected()))
                .mapToDouble(more -> more > 0 ? 1 : more < 0 ? 0 : 0.5)
                .average()
                .orElseThrow();
        String card = Files.readString(SHIPPED.resolveSibling("helpful-toy.md"), StandardCharsets.UTF_8);
        assertThat(card)
                .contains("| %.3f |".formatted(toy.bayesAccuracy()))
                .contains("| %.3f |".formatted(longer))
                .contains("%,d preference pairs".formatted(toy.pairs()));
    }

    @Test
    void sameSeedGivesSamePairsAndAnotherSeedOthers() {
        assertThat(new HelpfulToy(50, 3).rows())
                .isEqualTo(new HelpfulToy(50, 3).rows())
                .isNotEqualTo(new HelpfulToy(50, 4).rows());
        assertThatThrownBy(() -> new HelpfulToy(0, 1)).hasMessageContaining("pairs");
    }
}
