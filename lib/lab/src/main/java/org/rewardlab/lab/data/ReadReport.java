package org.rewardlab.lab.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What reading found: how many rows there were, how many became what was wanted, and what was left out and why.
 *
 * @param rows the rows read
 * @param kept the rows that were of use
 * @param dropped the rest, by reason, in the order of first occurrence
 * @param kind what the rows became
 */
public record ReadReport(long rows, long kept, List<Dropped> dropped, String kind) {

    /** A report on pairs. */
    public ReadReport(long rows, long kept, List<Dropped> dropped) {
        this(rows, kept, dropped, "pairs");
    }

    public ReadReport {
        dropped = List.copyOf(dropped);
    }

    /**
     * Rows that were left out for one reason.
     *
     * @param reason why
     * @param count how many
     * @param first where the first of them stands
     */
    public record Dropped(String reason, long count, Place first) {}

    @Override
    public String toString() {
        String read = String.format(Locale.ROOT, "%,d rows read, %,d %s", rows, kept, kind);
        return read
                + dropped.stream()
                        .map(d -> String.format(
                                Locale.ROOT, "; %,d dropped: %s (first at %s)", d.count(), d.reason(), d.first()))
                        .collect(Collectors.joining());
    }
}
