package org.rewardlab.lab.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How many words the texts of preference pairs have. */
final class PairLengths {
    private final int[] prompt;
    private final int[] chosen;
    private final int[] rejected;
    private final long distinctPrompts;

    private PairLengths(List<PreferencePair> pairs) {
        prompt = words(pairs, PreferencePair::prompt);
        chosen = words(pairs, PreferencePair::chosen);
        rejected = words(pairs, PreferencePair::rejected);
        distinctPrompts = pairs.stream().map(PreferencePair::prompt).distinct().count();
    }

    static PairLengths of(Preferences preferences) {
        return new PairLengths(preferences.pairs());
    }

    private static int[] words(List<PreferencePair> pairs, Function<PreferencePair, String> text) {
        return pairs.stream().map(text).mapToInt(Words::count).toArray();
    }

    Table table() {
        Table table = Table.create(
                "lengths in words",
                StringColumn.create("text"),
                IntColumn.create("pairs"),
                DoubleColumn.create("mean"),
                IntColumn.create("median"),
                IntColumn.create("shortest"),
                IntColumn.create("longest"));
        add(table, Preferences.PROMPT, prompt);
        add(table, Preferences.CHOSEN, chosen);
        add(table, Preferences.REJECTED, rejected);
        return table;
    }

    private static void add(Table table, String text, int[] counts) {
        table.stringColumn("text").append(text);
        table.intColumn("pairs").append(counts.length);
        table.doubleColumn("mean").append(Arrays.stream(counts).average().orElse(Double.NaN));
        table.intColumn("median").append(median(counts));
        table.intColumn("shortest").append(Arrays.stream(counts).min().orElse(0));
        table.intColumn("longest").append(Arrays.stream(counts).max().orElse(0));
    }

    private static int median(int[] counts) {
        int[] sorted = counts.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    String sentence() {
        long longer = 0;
        for (int row = 0; row < chosen.length; row++) {
            longer += chosen[row] > rejected[row] ? 1 : 0;
        }
        return String.format(
                Locale.ROOT,
                "%,d preference pairs, %,d prompts; median words: prompt %,d, chosen %,d, rejected %,d; chosen is the longer one in %.0f %%",
                chosen.length,
                distinctPrompts,
                median(prompt),
                median(chosen),
                median(rejected),
                100.0 * longer / Math.max(1, chosen.length));
    }

    Map<String, Object> mimeBundle(ReadReport report) {
        String left = report.dropped().isEmpty() ? "" : "\n" + report;
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/html", html(report));
        bundle.put("text/plain", sentence() + left);
        return bundle;
    }

    private String html(ReadReport report) {
        StringBuilder html = new StringBuilder("<div>").append(sentence());
        for (ReadReport.Dropped dropped : report.dropped()) {
            html.append(String.format(
                    Locale.ROOT, "<br><small>%,d dropped: %s</small>", dropped.count(), dropped.reason()));
        }
        return html.append("</div>").toString();
    }
}
