package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesReadTest {
    @TempDir
    Path folder;

    private Preferences read(String... lines) {
        return Preferences.read(TestFiles.plain(folder.resolve("rows.jsonl"), String.join("\n", lines)));
    }

    @Test
    void explicitPromptIsTakenAsItIs() {
        Preferences pairs = read("""
                {"prompt": " Why? ", "chosen": "Because.", "rejected": "No."}""");
        assertThat(pairs.pairs()).containsExactly(new PreferencePair(" Why? ", "Because.", "No."));
    }

    @Test
    void implicitPromptIsTheLongestCommonBeginningAndABlankStaysWithTheResponses() {
        Preferences pairs = read("""
                {"chosen": "The sky is blue.", "rejected": "The sky is green."}""");
        assertThat(pairs.pair(0)).isEqualTo(new PreferencePair("The sky is", " blue.", " green."));
    }

    @Test
    void surrogatePairsAreNotCutByTheCommonBeginning() {
        Preferences pairs = read("{\"chosen\": \"ab\uD83D\uDE00x\", \"rejected\": \"ab\uD83D\uDE01y\"}");
        assertThat(pairs.pair(0)).isEqualTo(new PreferencePair("ab", "\uD83D\uDE00x", "\uD83D\uDE01y"));
    }

    @Test
    void conversationWithItsOwnPromptKeepsTheLastTurnAsResponse() {
        Preferences pairs = read("""
                {"prompt": [{"role": "user", "content": "Hi?"}], "chosen": [{"role": "assistant", "content": "Yes."}], \
                "rejected": [{"role": "assistant", "content": "No."}]}""");
        assertThat(pairs.pair(0)).isEqualTo(new PreferencePair("Hi?", "Yes.", "No."));
    }

    @Test
    void conversationWithoutPromptIsSplitAtItsSharedTurns() {
        String shared = """
                {"role": "system", "content": "Be brief."}, {"role": "user", "content": [{"type": "text", "text": "Hi?"}]}""";
        Preferences pairs =
                read("{\"chosen\": [" + shared + ", {\"role\": \"assistant\", \"content\": \"Yes.\"}], \"rejected\": ["
                        + shared + ", {\"role\": \"assistant\", \"content\": \"No.\"}]}");
        assertThat(pairs.pair(0)).isEqualTo(new PreferencePair("System: Be brief.\n\nUser: Hi?", "Yes.", "No."));
    }

    @Test
    void aTextPromptBesideWholeConversationsIsNotRepeated() {
        Preferences pairs = read("""
                {"prompt": "Hi?", "chosen": [{"role": "user", "content": "Hi?"}, {"role": "assistant", "content": "Yes."}], \
                "rejected": [{"role": "user", "content": "Hi?"}, {"role": "assistant", "content": "No."}]}""");
        assertThat(pairs.pair(0)).isEqualTo(new PreferencePair("Hi?", "Yes.", "No."));
    }

    @Test
    void transcriptsAreSplitBeforeTheirLastAssistantTurn() {
        Preferences pairs = read("""
                {"chosen": "\\n\\nHuman: One?\\n\\nAssistant: Two.\\n\\nHuman: Three?\\n\\nAssistant: Four: a\\n\\nb", \
                "rejected": "\\n\\nHuman: One?\\n\\nAssistant: Two.\\n\\nHuman: Three?\\n\\nAssistant: Five."}""");
        assertThat(pairs.pair(0))
                .isEqualTo(
                        new PreferencePair("User: One?\n\nAssistant: Two.\n\nUser: Three?", "Four: a\n\nb", "Five."));
    }

    @Test
    void rowsThatTeachNothingAreDroppedAndCountedByReason() {
        Preferences pairs = read("""
                {"prompt": "a", "chosen": "b", "rejected": "c"}""", """
                {"prompt": "a", "chosen": "b", "rejected": "b"}""", "", """
                {"prompt": "a", "chosen": "b", "rejected": "  "}""", """
                {"chosen": "\\n\\nHuman: x\\n\\nAssistant: y", "rejected": "\\n\\nHuman: x\\n\\nAssistant: y "}""", """
                {"chosen": "\\n\\nHuman: x\\n\\nAssistant: y\\n\\nAssistant: z", "rejected": "\\n\\nHuman: x\\n\\nAssistant: q"}""", """
                {"chosen": "\\n\\nHuman: x\\n\\nAssistant: y\\n\\nHuman: z", "rejected": "\\n\\nHuman: x\\n\\nAssistant: y\\n\\nHuman: q"}""");
        assertThat(pairs.size()).isEqualTo(1);
        assertThat(pairs.report().rows()).isEqualTo(6);
        Path file = folder.resolve("rows.jsonl");
        assertThat(pairs.report().dropped())
                .containsExactly(
                        new ReadReport.Dropped(PairParser.IDENTICAL, 2, new Place(file, 2)),
                        new ReadReport.Dropped(PairParser.EMPTY, 1, new Place(file, 4)),
                        new ReadReport.Dropped(PairParser.PARTED, 1, new Place(file, 6)),
                        new ReadReport.Dropped(PairParser.NO_ANSWER, 1, new Place(file, 7)));
        assertThat(pairs.report())
                .hasToString("6 rows read, 1 pairs; 2 dropped: chosen and rejected are identical (first at "
                        + file + ":2); 1 dropped: a response is empty (first at " + file
                        + ":4); 1 dropped: the two dialogues part before their last assistant turn (first at " + file
                        + ":6); 1 dropped: a dialogue does not end with an assistant turn (first at " + file + ":7)");
    }

    @Test
    void otherFieldsBecomeColumnsOfTheirKind() {
        Preferences pairs = read("""
                {"prompt": "a", "chosen": "b", "rejected": "c", "score": 1, "safe": true, "topic": "x", "tags": ["u"]}""", """
                {"prompt": "a", "chosen": "b", "rejected": "d", "score": 2.5, "safe": null, "topic": "y"}""");
        assertThat(pairs.table().columnNames())
                .containsExactly("prompt", "chosen", "rejected", "score", "safe", "topic", "tags");
        assertThat(pairs.table().doubleColumn("score").asDoubleArray()).containsExactly(1, 2.5);
        assertThat(pairs.table().booleanColumn("safe").get(0)).isTrue();
        assertThat(pairs.table().booleanColumn("safe").isMissing(1)).isTrue();
        assertThat(pairs.table().stringColumn("topic").asList()).containsExactly("x", "y");
        assertThat(pairs.table().stringColumn("tags").get(0)).isEqualTo("[\"u\"]");
    }

    @Test
    void gzippedFileReadsAsThePlainOne() {
        String rows = """
                {"prompt": "\u00e4\u4f60", "chosen": "b", "rejected": "c"}
                """;
        Preferences zipped = Preferences.read(TestFiles.gzipped(folder.resolve("rows.jsonl.gz"), rows));
        assertThat(zipped.pairs()).containsExactly(new PreferencePair("\u00e4\u4f60", "b", "c"));
    }

    @Test
    void aFolderIsReadInTheOrderOfItsFileNames() {
        TestFiles.plain(folder.resolve("b.jsonl"), "{\"prompt\": \"2\", \"chosen\": \"b\", \"rejected\": \"c\"}");
        TestFiles.gzipped(folder.resolve("a.jsonl.gz"), "{\"prompt\": \"1\", \"chosen\": \"b\", \"rejected\": \"c\"}");
        TestFiles.plain(folder.resolve("notes.txt"), "not data");
        assertThat(Preferences.read(folder).pairs())
                .extracting(PreferencePair::prompt)
                .containsExactly("1", "2");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreTolerated() {
        Preferences pairs = read("\uFEFF{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\r\n\r\n");
        assertThat(pairs.pairs()).containsExactly(new PreferencePair("a", "b", "c"));
    }
}
