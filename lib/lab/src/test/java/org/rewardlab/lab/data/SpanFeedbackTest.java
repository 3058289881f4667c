package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewardlab.lab.data.SpanFeedback.Fault;
import org.rewardlab.lab.data.SpanFeedback.Word;

class SpanFeedbackTest {
    private static final String ROW = "{\"question\": \"Who?\", \"prediction 1\": \"Ada wrote it. In 1843.\", "
            + "\"prediction 2\": \"b\", \"prediction 3\": \"c\", \"prediction 4\": \"d\", "
            + "\"feedback\": {\"errors\": [{\"error type\": \"Irrelevant\", \"start\": 14, \"end\": 22}]}, "
            + "\"preference\": [1, 2, 0, 1, 0, 2]}";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), text);
    }

    @Test
    void readsWordsSentencesAndMarks() throws IOException {
        SpanFeedback row = SpanFeedback.read(file(ROW + "\n")).get(0);
        assertThat(row.faults()).containsExactly(new Fault("Irrelevant", 14, 22));
        assertThat(row.words()).extracting(Word::sentence).containsExactly(0, 0, 0, 1, 1);
        assertThat(row.words()).extracting(Word::marked).containsExactly(false, false, false, true, true);
        assertThat(row.answers()
                        .get(0)
                        .substring(
                                row.words().get(4).start(), row.words().get(4).end()))
                .isEqualTo("1843");
    }

    @Test
    void pairsPutThePreferredAnswerFirstAndLeaveTiesOut() throws IOException {
        List<PreferencePair> pairs = SpanFeedback.read(file(ROW)).get(0).pairs();
        assertThat(pairs)
                .containsExactly(
                        new PreferencePair("Who?", "Ada wrote it. In 1843.", "b"),
                        new PreferencePair("Who?", "c", "Ada wrote it. In 1843."),
                        new PreferencePair("Who?", "b", "c"),
                        new PreferencePair("Who?", "d", "c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"start\": 14 | \"start\": 2.7 | start: expected a whole number, got 2.7",
                "\"end\": 22 | \"end\": \"22\" | end: expected a whole number, got \"22\"",
                "\"end\": 22 | \"stop\": 22 | end: expected a whole number, got none",
                "[1, 2, 0 | [1.5, 2, 0 | preference: expected a whole number, got 1.5"
            })
    void aPlaceOrAPreferenceThatIsNotAWholeNumberIsRejected(String was, String is, String message) throws IOException {
        Path broken = file(ROW + "\n" + ROW.replace(was, is));
        assertThatThrownBy(() -> SpanFeedback.read(broken))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(":2")
                .hasMessageContaining(message);
    }

    @Test
    void wholeNumbersMayBeWrittenWithAPoint() throws IOException {
        assertThat(SpanFeedback.read(file(ROW.replace("14", "14.0")))).isEqualTo(SpanFeedback.read(file(ROW)));
    }

    @Test
    void aBrokenRowIsNamed() throws IOException {
        Path lacking = file(ROW + "\n" + ROW.replace("prediction 3", "other"));
        assertThatThrownBy(() -> SpanFeedback.read(lacking))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(":2")
                .hasMessageContaining("prediction 3: expected text");
        Path wrong = file(ROW.replace("[1, 2, 0, 1, 0, 2]", "[1, 3]"));
        assertThatThrownBy(() -> SpanFeedback.read(wrong)).hasMessageContaining("preferences: expected 6");
        Path turned = file(ROW.replace("\"end\": 22", "\"end\": 2"));
        assertThatThrownBy(() -> SpanFeedback.read(turned)).hasMessageContaining("faults: expected spans");
    }
}
