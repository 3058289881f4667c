package org.rewardlab.kernel.session;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
    private final @Nullable Path file;
    private final int session;

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
        this.file = file;
        if (file != null) {
            load(file);
        }
        session = entries.isEmpty() ? 1 : entries.get(entries.size() - 1).session() + 1;
    }

    /** The user's history; {@code REWARDLAB_HISTORY} names another file, or {@code off}. */
    public static HistoryStore ofUser() {
        String named = System.getenv("REWARDLAB_HISTORY");
        if (named != null && !named.isBlank()) {
            return new HistoryStore(named.equals("off") ? null : Path.of(named));
        }
        return new HistoryStore(UserFolders.data().resolve("history.jsonl"));
    }

    private void load(Path from) {
        try {
            if (!Files.exists(from)) {
                return;
            }
            List<String> lines = Files.readAllLines(from, StandardCharsets.UTF_8);
            for (String line : lines.subList(Math.max(0, lines.size() - KEPT), lines.size())) {
                Entry entry = parsed(line);
                if (entry != null) {
                    entries.add(entry);
                }
            }
            if (Files.size(from) > MAX_BYTES) {
                shrink(from);
            }
        } catch (IOException e) {
            System.err.println("[history " + from + " cannot be read: " + e + "]");
        }
    }

    private static @Nullable Entry parsed(String line) {
        try {
            return new Gson().fromJson(line, Entry.class);
        } catch (JsonParseException e) {
            return null;
        }
    }

    private void shrink(Path large) throws IOException {
        Path aside = Files.createTempFile(large.toAbsolutePath().getParent(), "history", ".tmp");
        StringBuilder text = new StringBuilder();
        entries.subList(entries.size() / 2, entries.size())
                .forEach(entry -> text.append(new Gson().toJson(entry)).append('\n'));
        Files.writeString(aside, text);
        Files.move(aside, large, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Keeps a cell. */
    public synchronized void add(int line, String source, String output) {
        String kept = output.length() > MAX_OUTPUT ? output.substring(0, MAX_OUTPUT) : output;
        Entry entry = new Entry(session, line, source, kept);
        entries.add(entry);
        if (file != null) {
            try {
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                Files.writeString(
                        file, new Gson().toJson(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                // A history that cannot be written is a session's history only.
                entries.set(entries.size() - 1, entry);
            }
        }
    }

    /** The last cells. */
    public synchronized List<Entry> tail(int n) {
        return last(entries, n);
    }

    /** The cells of a session, from a number up to another; 0 is this session, -1 the one before, above 0 its number. */
    public synchronized List<Entry> range(int which, int start, int stop) {
        int wanted = which > 0 ? which : session + which;
        return entries.stream()
                .filter(e -> e.session() == wanted && e.line() >= start && e.line() < stop)
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
