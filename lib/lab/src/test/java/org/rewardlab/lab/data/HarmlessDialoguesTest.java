package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real pairs of HH-RLHF, where they are at hand. */
class HarmlessDialoguesTest {
    private Path file = Path.of("");

    @BeforeEach
    void find() {
        file = RealData.hhRlhfHarmless();
    }

    @Test
    void allButNineRowsBecomePairs() {
        Preferences pairs = Preferences.read(file);
        assertThat(pairs.report().rows()).isEqualTo(2312);
        assertThat(pairs.size()).isEqualTo(2303);
        assertThat(pairs.report().dropped())
                .extracting(ReadReport.Dropped::reason, ReadReport.Dropped::count)
                .containsExactlyInAnyOrder(tuple(PairParser.EMPTY, 4L), tuple(PairParser.PARTED, 5L));
    }

    @Test
    void promptsEndWithTheUserAndResponsesAreOneTurn() {
        assertThat(Preferences.read(file).pairs()).allSatisfy(pair -> {
            assertThat(pair.prompt()).isNotBlank();
            assertThat(pair.chosen()).isNotBlank().isNotEqualTo(pair.rejected());
            assertThat(pair.chosen() + pair.rejected()).doesNotContain("\n\nHuman:", "\n\nAssistant:");
            String[] turns = pair.prompt().split("\n\n(?=User: |Assistant: )");
            assertThat(turns.length == 1 || turns[turns.length - 1].startsWith("User: "))
                    .isTrue();
        });
    }

    @Test
    void itsFolderReadsAsTheFileDoes() {
        assertThat(Preferences.read(file.resolveSibling("")).size()).isEqualTo(2303);
    }
}
