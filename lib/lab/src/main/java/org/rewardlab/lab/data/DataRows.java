package org.rewardlab.lab.data;

import java.nio.file.Path;
import java.util.Locale;

/** Rows of a file of any layout that is read: JSON Lines (plain or gzipped), CSV, TSV and Parquet, by the file's name, one at a time. */
final class DataRows {

    private DataRows() {}

    /** Hands every row to the handler, in order; returns how many there were. */
    static long read(Path file, JsonLines.RowHandler handler) {
        return isTable(file) ? DuckRows.read(file, handler) : JsonLines.read(file, handler);
    }

    /** Whether a name says that a file holds rows. */
    static boolean isKnown(Path file) {
        String name = name(file);
        return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz") || isTable(file);
    }

    private static boolean isTable(Path file) {
        String name = name(file);
        return name.endsWith(".parquet")
                || name.endsWith(".csv")
                || name.endsWith(".csv.gz")
                || name.endsWith(".tsv")
                || name.endsWith(".tsv.gz");
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
