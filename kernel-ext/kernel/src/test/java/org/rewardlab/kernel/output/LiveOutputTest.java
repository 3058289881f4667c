package org.rewardlab.kernel.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.eval.RecordedOutput;

class LiveOutputTest {

    private final RecordedOutput recorded = new RecordedOutput();
    private final LiveOutput output = new LiveOutput(recorded);

    private void print(StreamName name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(name, bytes, 0, bytes.length);
    }

    @Test
    void textIsBatchedAndKeepsItsPlaceAmongOtherMessages() {
        print(StreamName.STDOUT, "a");
        print(StreamName.STDOUT, "b\r");
        output.display(new DisplayData("d"), "1");
        print(StreamName.STDERR, "c");
        print(StreamName.STDOUT, "d");
        output.finish();
        assertThat(recorded.events()).containsExactly("stdout:ab\r", "display:1", "stderr:c", "stdout:d");
    }

    @Test
    void aCharacterInTwoPiecesIsNotBroken() {
        byte[] bytes = "x\uD83D\uDE00y".getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            output.write(StreamName.STDOUT, new byte[] {b}, 0, 1);
            output.flush();
        }
        assertThat(recorded.text(StreamName.STDOUT)).isEqualTo("x\uD83D\uDE00y");
    }

    @Test
    void textIsSentSoonWithoutAnEnd() throws InterruptedException {
        print(StreamName.STDOUT, "live");
        for (int i = 0; i < 500 && recorded.events().isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(recorded.events()).containsExactly("stdout:live");
    }

    /** The file that the one notice names. */
    private Path named(String shown) {
        Matcher notice = Pattern.compile("\\[output cut after [^;]*; the full text: ([^\\]]+)]")
                .matcher(shown);
        assertThat(notice.find()).as("a notice").isTrue();
        Path file = Path.of(notice.group(1));
        assertThat(notice.find()).as("a second notice").isFalse();
        assertThat(file).exists();
        return file;
    }

    private static String shownBefore(String notice, String shown) {
        return shown.substring(0, shown.indexOf(notice));
    }

    @Test
    void aBoundInBytesHoldsForFewLongLinesToo() throws Exception {
        String line = "\u00e9\u20ac".repeat(100_000) + "\n"; // 500,001 bytes, 200,001 characters
        for (int i = 0; i < 30; i++) {
            print(StreamName.STDOUT, line);
        }
        Path file = named(recorded.text(StreamName.STDOUT));
        assertThat(Files.size(file)).as("what was printed before the notice").isGreaterThan(10_000_000);
        output.finish();

        String shown = shownBefore("\n[output cut", recorded.text(StreamName.STDOUT));
        assertThat(shown.getBytes(StandardCharsets.UTF_8).length).isBetween(10_000_000, 10_000_002);
        assertThat(recorded.text(StreamName.STDERR))
                .matches("\\[11 more lines, 5,000,0\\d\\d bytes in " + file + "]\\R");
        assertThat(file).hasContent(line.repeat(30));
        print(StreamName.STDOUT, "late");
        assertThat(Files.readString(file)).endsWith("late");
    }

    @Test
    void oneEnormousTextIsCutBetweenCharacters() throws Exception {
        String text = "xx" + "\ud83d\ude00".repeat(5_000_000) + "\n";
        output.stream(StreamName.STDOUT, text);
        output.finish();
        String shown = shownBefore("\n[output cut", recorded.text(StreamName.STDOUT));
        assertThat(shown).hasSize(5_000_002).endsWith("\ud83d\ude00");
        assertThat(Files.size(named(recorded.text(StreamName.STDOUT)))).isEqualTo(20_000_003);
        assertThat(recorded.text(StreamName.STDERR)).startsWith("[1 more lines, 10,000,001 bytes in ");
    }

    @Test
    void manyShortLinesAreInAFileThoughTheyAreFewBytes() throws Exception {
        print(StreamName.STDOUT, "\n".repeat(50_001));
        Path file = named(recorded.text(StreamName.STDOUT));
        output.finish();
        assertThat(Files.size(file)).isEqualTo(50_001);
        assertThat(recorded.text(StreamName.STDERR)).contains("[1 more lines, 1 bytes in ");
    }

    @Test
    void muchOutputIsCutAndKeptInAFile() throws Exception {
        String line = "0123456789".repeat(4) + "\n";
        for (int i = 0; i < 60_000; i++) {
            print(StreamName.STDOUT, line);
        }
        output.finish();
        String shown = recorded.text(StreamName.STDOUT);
        assertThat(shown.lines().count()).isBetween(50_000L, 50_010L);
        assertThat(recorded.text(StreamName.STDERR)).contains("10,000 more lines");
        assertThat(Files.size(named(shown))).isEqualTo(60_000L * line.length());
    }
}
