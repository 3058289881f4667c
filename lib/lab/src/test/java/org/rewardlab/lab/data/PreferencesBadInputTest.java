package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesBadInputTest {
    private static final String GOOD = "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n";

    @TempDir
    Path folder;

    private void rejects(Path file, String... parts) {
        assertThatThrownBy(() -> Preferences.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    private Path rows(String text) {
        return TestFiles.plain(folder.resolve("rows.jsonl"), text);
    }

    @Test
    void missingRejectedNamesFileAndLine() {
        rejects(
                rows(GOOD + "{\"prompt\": \"a\", \"chosen\": \"b\"}"),
                ":2: no field \"rejected\"",
                "found: prompt, chosen");
        rejects(rows("{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": null}"), ":1: field \"rejected\" is null");
    }

    @Test
    void brokenJsonNamesFileLineAndColumn() {
        rejects(rows(GOOD + GOOD + "{\"prompt\": \"a\", \"chosen\" \"b\"}"), ":3: broken JSON:", "column 26");
        rejects(rows(GOOD + "{\"prompt\": \"a\", \"chosen\": \"b\","), ":2: broken JSON:");
        rejects(rows("{\"prompt\": \"a\"} {}"), ":1: broken JSON:");
        rejects(rows("{\"prompt\": \"a\", \"prompt\": \"b\"}"), ":1: broken JSON:", "uplicate");
        rejects(rows("[1, 2]"), ":1: expected a JSON object, came array");
    }

    @Test
    void valuesOfTheWrongKindAreNamed() {
        rejects(rows("{\"chosen\": 1, \"rejected\": \"c\"}"), ":1: \"chosen\" and \"rejected\"", "a number and text");
        rejects(
                rows("{\"prompt\": 3, \"chosen\": \"b\", \"rejected\": \"c\"}"),
                ":1: \"prompt\" must be text or a list");
        rejects(rows("{\"chosen\": [], \"rejected\": []}"), "\"chosen\" is an empty list");
        rejects(
                rows("{\"chosen\": [{\"role\": \"user\"}], \"rejected\": [{\"role\": \"user\", \"content\": \"x\"}]}"),
                "turn 1 of \"chosen\"",
                "came {\"role\":\"user\"}");
    }

    @Test
    void truncatedGzipSaysSo() {
        byte[] whole = TestFiles.zip(GOOD.repeat(2000));
        Path file = TestFiles.bytes(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(whole, whole.length - 20));
        rejects(file, "truncated: the gzip stream ends before its end mark");
    }

    @Test
    void damagedGzipSaysSo() {
        byte[] whole = TestFiles.zip(GOOD.repeat(2000));
        whole[whole.length - 6] ^= 0x55;
        rejects(TestFiles.bytes(folder.resolve("bad.jsonl.gz"), whole), "damaged gzip stream");
    }

    @Test
    void bytesThatAreNotUtf8NameTheirLine() {
        byte[] latin = (GOOD + GOOD.replace("a", "\u00e4")).getBytes(StandardCharsets.ISO_8859_1);
        rejects(TestFiles.bytes(folder.resolve("latin.jsonl"), latin), ":2: not UTF-8");
    }

    @Test
    void emptyFileMissingFileAndEmptyFolderSaySo() {
        rejects(rows(""), "empty: it holds no rows");
        rejects(rows("\n \n"), "empty: it holds no rows");
        rejects(folder.resolve("none.jsonl"), "no such file");
        rejects(TestFiles.plain(folder.resolve("only.txt"), "x").resolveSibling("empty"), "no such file");
        rejects(rows("{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"b\"}"), "holds no usable pair");
    }

    @Test
    void aFolderOfSetsSaysWhichTheyAre() throws IOException {
        Files.createDirectory(folder.resolve("one"));
        Files.createDirectory(folder.resolve("another"));
        rejects(folder, "but folders, one of which may be meant: another, one");
    }

    @Test
    void folderWithoutDataFilesSaysSo() {
        TestFiles.plain(folder.resolve("only.txt"), "x");
        rejects(folder, "holds no *.jsonl and no *.jsonl.gz");
    }

    @Test
    void fieldsThatDifferInCaseOnlyAreRejected() {
        rejects(
                rows("{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\", \"Chosen\": \"d\"}"),
                ":1: field \"Chosen\"");
        rejects(
                rows(
                        "{\"chosen\": \"b\", \"rejected\": \"c\", \"x\": 1}\n{\"chosen\": \"b\", \"rejected\": \"c\", \"X\": 1}"),
                ":2: field \"X\" differs from \"x\"");
    }
}
