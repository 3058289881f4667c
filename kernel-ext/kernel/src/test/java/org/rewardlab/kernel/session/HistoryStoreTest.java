package org.rewardlab.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.session.HistoryStore.Entry;

class HistoryStoreTest {

    @TempDir
    private Path folder;

    @Test
    void cellsLastFromSessionToSession() throws Exception {
        Path file = folder.resolve("deep/history.jsonl");
        HistoryStore first = new HistoryStore(file);
        first.add(1, "int a = 1;", "");
        first.add(2, "a\n+ 1", "2");
        HistoryStore second = new HistoryStore(file);
        second.add(1, "a\n+ 1", "3");

        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(second.tail(2)).extracting(Entry::output).containsExactly("2", "3");
        assertThat(second.range(-1, 1, 2)).extracting(Entry::source).containsExactly("int a = 1;");
        assertThat(second.range(0, 0, 9)).extracting(Entry::session).containsExactly(2);
        assertThat(second.search("a*", 9, true)).containsExactly(new Entry(2, 1, "a\n+ 1", "3"));
        assertThat(second.search("int [a-c] = ?;", 9, false)).hasSize(1);
    }

    @Test
    void brokenLinesAreSkipped() throws Exception {
        Path file = folder.resolve("history.jsonl");
        Files.writeString(file, "{\"session\":4,\"line\":1,\"source\":\"x\",\"output\":\"\"}\n{broken\n");
        HistoryStore history = new HistoryStore(file);
        assertThat(history.tail(9)).containsExactly(new Entry(4, 1, "x", ""));
    }
}
