package org.rewardlab.kernel.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The cells of this and earlier sessions: one line of JSON each, in a file of bounded size. */
public final class HistoryStore {

    private static final int KEPT = 2_000;
    private static final long MAX_BYTES = 4_000_000;
    private static final int MAX_OUTPUT = 4_000;

    private final List<Entry> entries = new ArrayList<>();
    private final @Nullable HistoryFile file;
    private int session;
    private boolean written;

    /**
     * A cell.
     *
     * @param session the number of its session
     * @param line its number in the session
     * @param source its text
     * @param output the text of its result
     */
    public record Entry(int session, int line, String source, String output) {}

    /** A history in that file, or in memory alone where there is none. */
    public HistoryStore(@Nullable Path file) {
        this(file, MAX_BYTES);
    }

    /** The same with another bound for the size of the file. */
    HistoryStore(@Nullable Path path, long maxBytes) {
        file = path == null ? null : new HistoryFile(path, maxBytes);
        if (file != null) {
            try {
                List<Entry> all = file.read();
                entries.addAll(all.subList(Math.max(0, all.size() - KEPT), all.size()));
            } catch (IOException e) {
                System.err.println("[history " + path + " cannot be read: " + e + "]");
            }
        }
        session = HistoryFile.after(entries);
    }

    /** The user's history; {@code REWARDLAB_HISTORY} names another file, or {@code off}. */
    public static HistoryStore ofUser() {
        String named = System.getenv("REWARDLAB_HISTORY");
        if (named != null && !named.isBlank()) {
            return new HistoryStore(named.equals("off") ? null : Path.of(named));
        }
        return new HistoryStore(UserFolders.data().resolve("history.jsonl"));
    }

    /** Keeps a cell. */
    public synchronized void add(int line, String source, String output) {
        String kept = output.length() > MAX_OUTPUT ? output.substring(0, MAX_OUTPUT) : output;
        Entry entry = new Entry(session, line, source, kept);
        if (file != null) {
            try {
                if (written) {
                    file.append(entry);
                } else {
                    // Only now the session's number is settled: other kernels may have begun meanwhile.
                    entry = file.appendFirst(entry);
                    session = entry.session();
                }
            } catch (IOException e) {
                entry = new Entry(session, line, source, kept); // a history of this session only
            }
            written = true;
        }
        entries.add(entry);
    }

    /** The last cells. */
    public synchronized List<Entry> tail(int n) {
        return last(entries, n);
    }

    /**
     * The cells of a session, from a number up to another; 0 is this session, -1 the one before, above 0 its number. Numbers
     * below 0 count from the session's end, and a stop at 0 is that end.
     */
    public synchronized List<Entry> range(int which, int start, int stop) {
        int wanted = which > 0 ? which : session + which;
        List<Entry> cells =
                entries.stream().filter(each -> each.session() == wanted).toList();
        int end = 1 + cells.stream().mapToInt(Entry::line).max().orElse(0);
        int from = start < 0 ? start + end : start;
        int to = stop < 0 ? stop + end : stop == 0 ? end : stop;
        return cells.stream()
                .filter(each -> each.line() >= from && each.line() < to)
                .toList();
    }

    /** The last cells that fit a glob; with {@code unique}, each text once, where it was last. */
    public synchronized List<Entry> search(String glob, int n, boolean unique) {
        Predicate<String> fits = Glob.of(glob);
        List<Entry> found = entries.stream().filter(e -> fits.test(e.source())).toList();
        if (unique) {
            Map<String, Entry> latest = new LinkedHashMap<>();
            for (Entry entry : found) {
                latest.remove(entry.source());
                latest.put(entry.source(), entry);
            }
            found = new ArrayList<>(latest.values());
        }
        return last(found, n);
    }

    private static List<Entry> last(List<Entry> all, int n) {
        return List.copyOf(all.subList(Math.max(0, all.size() - Math.max(0, n)), all.size()));
    }
}
