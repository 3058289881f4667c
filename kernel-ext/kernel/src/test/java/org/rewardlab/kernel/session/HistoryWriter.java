package org.rewardlab.kernel.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that does nothing but write cells to a history, as a kernel beside others would. */
final class HistoryWriter {

    private HistoryWriter() {}

    /** The text of its cells, longer than what is written at once. */
    static String source(String kind) {
        return kind.repeat(30_000);
    }

    static Process start(Path file, long maxBytes, String kind, int cells) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HistoryWriter.class.getName(),
                        file.toString(),
                        String.valueOf(maxBytes),
                        kind,
                        String.valueOf(cells))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Begins to write when a writer of the other kind is ready too. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[0]);
        HistoryStore history = new HistoryStore(file, Long.parseLong(arguments[1]));
        Files.createFile(ready(file, arguments[2]));
        while (!Files.exists(ready(file, "a")) || !Files.exists(ready(file, "b"))) {
            Thread.sleep(1);
        }
        for (int i = 1; i <= Integer.parseInt(arguments[3]); i++) {
            history.add(i, source(arguments[2]), "");
        }
    }

    private static Path ready(Path file, String kind) {
        return file.resolveSibling(kind + ".ready");
    }
}
