package org.rewardlab.lab.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What reading found: how many rows there were, how many became pairs, and what was left out and why.
 *
 * @param rows the rows read
 * @param kept the rows that became pairs
 * @param dropped the rest, by reason, in the order of first occurrence
 */
public record ReadReport(long rows, long kept, List<Dropped> dropped) {
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
        String read = String.format(Locale.ROOT, "%,d rows read, %,d pairs", rows, kept);
        return read
                + dropped.stream()
                        .map(d -> String.format(
                                Locale.ROOT, "; %,d dropped: %s (first at %s)", d.count(), d.reason(), d.first()))
                        .collect(Collectors.joining());
    }
}
