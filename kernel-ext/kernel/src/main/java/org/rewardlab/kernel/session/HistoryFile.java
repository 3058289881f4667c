package org.rewardlab.kernel.session;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.session.HistoryStore.Entry;

/**
 * The file of a history: one line of JSON for each cell, shared by all kernels of a user. Whoever writes holds a lock
 * meanwhile, on a file beside it, since the file itself is replaced when it has grown too large.
 */
final class HistoryFile {

    private static final Object THIS_PROCESS = new Object();

    private final Path file;
    private final long maxBytes;

    HistoryFile(Path file, long maxBytes) {
        this.file = file.toAbsolutePath();
        this.maxBytes = maxBytes;
    }

    /** The cells in the file; what is no line of a history is left out. */
    List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(file)) {
            // A broken byte must not cost all the rest, so it is decoded without a complaint.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            text.lines().map(HistoryFile::parsed).filter(each -> each != null).forEach(entries::add);
        }
        return entries;
    }

    private static @Nullable Entry parsed(String line) {
        try {
            Entry entry = new Gson().fromJson(line, Entry.class);
            return entry == null || entry.source() == null || entry.output() == null ? null : entry;
        } catch (JsonParseException e) {
            return null;
        }
    }

    /** Adds a cell. */
    void append(Entry entry) throws IOException {
        locked(() -> {
            write(entry);
            return entry;
        });
    }

    /** Adds the first cell of a session and returns it, with a number that no session in the file has. */
    Entry appendFirst(Entry entry) throws IOException {
        return locked(() -> {
            int session = Math.max(entry.session(), after(read()));
            Entry own = new Entry(session, entry.line(), entry.source(), entry.output());
            write(own);
            return own;
        });
    }

    /** The number of the session that comes after those cells. */
    static int after(List<Entry> entries) {
        return 1 + entries.stream().mapToInt(Entry::session).max().orElse(0);
    }

    /** Adds a line at the end, and keeps the newer half of the file where it grew too large. */
    private void write(Entry entry) throws IOException {
        boolean torn = endsInALine();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            write(channel, (torn ? "\n" : "") + line(entry));
        }
        if (Files.size(file) > maxBytes) {
            trim();
        }
    }

    private static String line(Entry entry) {
        return new Gson().toJson(entry) + "\n";
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Whether the last line lacks its end, as a kernel leaves it that is killed while it writes. */
    private boolean endsInALine() throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            int count = channel.read(last, channel.size() - 1);
            return count == 1 && last.get(0) != '\n';
        }
    }

    /** The newest cells that fill half the room, without any that fills it alone, in place of all. */
    private void trim() throws IOException {
        List<Entry> entries = read();
        List<String> lines = new ArrayList<>();
        long bytes = 0;
        for (int i = entries.size() - 1; i >= 0; i--) {
            String line = line(entries.get(i));
            long size = line.getBytes(StandardCharsets.UTF_8).length;
            if (size > maxBytes / 2) {
                continue;
            }
            bytes += size;
            if (bytes > maxBytes / 2) {
                break;
            }
            lines.add(0, line);
        }
        Path aside = Files.createTempFile(file.getParent(), "history", ".tmp");
        Files.writeString(aside, String.join("", lines));
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Something done with the file. */
    private interface Work {
        Entry run() throws IOException;
    }

    /** Does something while no other kernel writes; a lock of the system does not part the threads of one process. */
    private Entry locked(Work work) throws IOException {
        Files.createDirectories(file.getParent());
        synchronized (THIS_PROCESS) {
            try (FileChannel channel = FileChannel.open(
                            file.resolveSibling(file.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock unused = channel.lock()) {
                return work.run();
            }
        }
    }
}
