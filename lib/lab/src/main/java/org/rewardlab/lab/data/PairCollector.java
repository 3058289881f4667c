package org.rewardlab.lab.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Gathers the rows of one or several files into a table and keeps count of what is left out. */
final class PairCollector {
    private final StringColumn prompt = StringColumn.create(Preferences.PROMPT);
    private final StringColumn chosen = StringColumn.create(Preferences.CHOSEN);
    private final StringColumn rejected = StringColumn.create(Preferences.REJECTED);
    private final ExtraColumns extras = new ExtraColumns();
    private final Map<String, ReadReport.Dropped> dropped = new LinkedHashMap<>();
    private long rows;

    void read(Path file) {
        rows += DataRows.read(file, this::add);
    }

    private void add(ObjectNode row, Place place) {
        ParsedRow parsed = PairParser.parse(row, place);
        if (parsed instanceof ParsedRow.Kept kept) {
            extras.add(row, prompt.size(), place);
            prompt.append(kept.pair().prompt());
            chosen.append(kept.pair().chosen());
            rejected.append(kept.pair().rejected());
        } else if (parsed instanceof ParsedRow.Dropped drop) {
            dropped.merge(
                    drop.reason(),
                    new ReadReport.Dropped(drop.reason(), 1, place),
                    (sofar, one) -> new ReadReport.Dropped(sofar.reason(), sofar.count() + 1, sofar.first()));
        }
    }

    /** @throws InvalidDataException if no row became a pair */
    Preferences finish(Path source) {
        ReadReport report = new ReadReport(rows, prompt.size(), List.copyOf(dropped.values()));
        if (prompt.isEmpty()) {
            throw InvalidDataException.in(
                    source, rows == 0 ? "empty: it holds no rows" : "holds no usable pair: " + report);
        }
        Table table = Table.create(String.valueOf(source.getFileName()), prompt, chosen, rejected);
        extras.columns(prompt.size()).forEach(table::addColumns);
        return new Preferences(table, report);
    }
}
