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
        Matcher path = Pattern.compile("full text: ([^\\]]+)]").matcher(shown);
        assertThat(path.find()).isTrue();
        assertThat(Files.size(Path.of(path.group(1)))).isEqualTo(60_000L * line.length());
    }
}
