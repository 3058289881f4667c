package org.rewardlab.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.session.HistoryStore.Entry;

class HistoryStoreTest {

    private static final int BOUND = 20_000;

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

    private static List<Entry> written(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            entries.add(new Gson().fromJson(line, Entry.class)); // a line that is no JSON fails here
        }
        return entries;
    }

    @Test
    void aFileThatGrowsTooLargeIsTrimmedToTheNewestWhileTheSessionRuns() throws Exception {
        Path file = folder.resolve("history.jsonl");
        HistoryStore history = new HistoryStore(file, BOUND);
        boolean trimmed = false;
        for (int i = 1; i <= 1_000; i++) {
            long before = i == 1 ? 0 : Files.size(file);
            history.add(i, "int cell" + i + " = " + i + "; // \u00e9", "");
            trimmed |= Files.size(file) < before;
            assertThat(Files.size(file)).isLessThanOrEqualTo(BOUND);
            List<Entry> kept = written(file);
            assertThat(kept).extracting(Entry::line).isSorted().endsWith(i);
            assertThat(kept.get(0).line()).isEqualTo(i - kept.size() + 1);
        }
        assertThat(trimmed).isTrue();
        assertThat(Files.size(file)).isGreaterThan(BOUND / 3);
        assertThat(history.tail(1_000)).hasSize(1_000);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .containsExactlyInAnyOrder("history.jsonl", "history.jsonl.lock");
        }
    }

    @Test
    void anEnormousCellDoesNotCostTheOthers() throws Exception {
        Path file = folder.resolve("history.jsonl");
        HistoryStore history = new HistoryStore(file, BOUND);
        history.add(1, "small", "");
        history.add(2, "x".repeat(2 * BOUND), "");
        history.add(3, "after", "");
        assertThat(written(file)).extracting(Entry::source).containsExactly("small", "after");
    }

    @Test
    void whatAKilledKernelLeftHalfWrittenCostsNoCellOfTheNext() throws Exception {
        Path file = folder.resolve("history.jsonl");
        Files.write(file, new byte[] {'{', '"', 's', (byte) 0xff});
        HistoryStore history = new HistoryStore(file);
        history.add(1, "kept", "");
        Files.writeString(file, "null\n{\"session\":7}\n", StandardOpenOption.APPEND);
        assertThat(new HistoryStore(file).tail(9)).extracting(Entry::source).containsExactly("kept");
        assertThat(new HistoryStore(file).search("*", 9, true)).hasSize(1);
    }

    @Test
    void kernelsThatWriteAtTheSameTimeKeepEachOthersCellsApart() throws Exception {
        Path file = folder.resolve("history.jsonl");
        int cells = 150;
        String[] kinds = {"a", "b"};
        List<Process> kernels = new ArrayList<>();
        for (String kind : kinds) {
            kernels.add(HistoryWriter.start(file, 40_000_000, kind, cells));
        }
        for (Process kernel : kernels) {
            assertThat(kernel.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(kernel.exitValue()).isZero();
        }
        List<Entry> all = written(file);
        assertThat(all).hasSize(2 * cells);
        Set<Integer> sessions = new HashSet<>();
        for (String kind : kinds) {
            List<Entry> own =
                    all.stream().filter(each -> each.source().startsWith(kind)).toList();
            assertThat(own).extracting(Entry::line).isSorted().hasSize(cells);
            assertThat(own).extracting(Entry::source).allMatch(source -> source.equals(HistoryWriter.source(kind)));
            own.forEach(each -> sessions.add(each.session()));
        }
        assertThat(sessions).hasSize(2);
    }

    @Test
    void kernelsThatTrimAtTheSameTimeLoseNoNewCell() throws Exception {
        Path file = folder.resolve("history.jsonl");
        long bound = 100L * HistoryWriter.source("a").length();
        Process one = HistoryWriter.start(file, bound, "a", 200);
        Process two = HistoryWriter.start(file, bound, "b", 200);
        assertThat(one.waitFor(60, TimeUnit.SECONDS) && two.waitFor(60, TimeUnit.SECONDS))
                .isTrue();
        assertThat(one.exitValue() + two.exitValue()).isZero();
        assertThat(Files.size(file)).isBetween(bound / 3, bound);
        for (String kind : new String[] {"a", "b"}) {
            List<Integer> lines = written(file).stream()
                    .filter(each -> each.source().startsWith(kind))
                    .map(Entry::line)
                    .toList();
            for (int i = 1; i < lines.size(); i++) {
                assertThat(lines.get(i)).isEqualTo(lines.get(i - 1) + 1);
            }
        }
        assertThat(written(file)).extracting(Entry::line).contains(200);
    }

    @Test
    void rangesCountFromTheEndToo() {
        HistoryStore history = new HistoryStore(null);
        for (int i = 1; i <= 5; i++) {
            history.add(i, "cell " + i, "");
        }
        assertThat(history.range(0, -2, 0)).extracting(Entry::line).containsExactly(4, 5);
        assertThat(history.range(0, 2, -1)).extracting(Entry::line).containsExactly(2, 3, 4);
        assertThat(history.range(0, -9, Integer.MAX_VALUE)).hasSize(5);
        assertThat(history.range(1, 1, 2)).extracting(Entry::line).containsExactly(1);
    }
}
