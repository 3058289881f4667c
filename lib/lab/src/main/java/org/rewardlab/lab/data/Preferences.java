package org.rewardlab.lab.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.rewardlab.lab.display.Displayable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Preference pairs: a Tablesaw table with the columns {@code prompt}, {@code chosen}, {@code rejected} and whatever else the rows carried.
 *
 * <p>It is never changed: what selects or reorders gives another one.
 */
public final class Preferences implements Displayable {
    static final String PROMPT = "prompt";
    static final String CHOSEN = "chosen";
    static final String REJECTED = "rejected";

    private final Table table;
    private final StringColumn prompts;
    private final StringColumn chosen;
    private final StringColumn rejected;
    private final ReadReport report;

    Preferences(Table table, ReadReport report) {
        this.table = table;
        this.prompts = table.stringColumn(PROMPT);
        this.chosen = table.stringColumn(CHOSEN);
        this.rejected = table.stringColumn(REJECTED);
        this.report = report;
    }

    /** Reads a file as {@link #read(Path)} does; a relative name is looked for as {@link Datasets#find} says. */
    public static Preferences read(String path) {
        return read(Datasets.find(path));
    }

    /**
     * Reads JSON Lines (plain or gzipped), CSV, TSV or Parquet: one file, or all of a folder in the order of their names.
     *
     * <p>Each row holds {@code chosen} and {@code rejected}, as text or as a list of {@code {role, content}} turns, with a {@code prompt} or with a
     * common beginning that is taken for it; or two transcripts with {@code Human:} and {@code Assistant:} turns, split before their last turn.
     * Rows that teach nothing are dropped and counted in {@link #report()}.
     *
     * @throws InvalidDataException naming file and line if a row is broken or lacks a response, or if nothing usable is there
     */
    public static Preferences read(Path path) {
        PairCollector collector = new PairCollector();
        Datasets.files(path).forEach(collector::read);
        return collector.finish(path);
    }

    /** The given pairs. */
    public static Preferences of(List<PreferencePair> pairs) {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("pairs: expected at least one pair, came none");
        }
        Table table = Table.create(
                "pairs",
                StringColumn.create(PROMPT, pairs.stream().map(PreferencePair::prompt)),
                StringColumn.create(CHOSEN, pairs.stream().map(PreferencePair::chosen)),
                StringColumn.create(REJECTED, pairs.stream().map(PreferencePair::rejected)));
        return new Preferences(table, new ReadReport(pairs.size(), pairs.size(), List.of()));
    }

    /** The number of pairs. */
    public int size() {
        return table.rowCount();
    }

    /** One pair, counted from 0. */
    public PreferencePair pair(int row) {
        return new PreferencePair(prompts.get(row), chosen.get(row), rejected.get(row));
    }

    /** All pairs in order. */
    public List<PreferencePair> pairs() {
        return IntStream.range(0, size()).mapToObj(this::pair).toList();
    }

    /** A copy of the table underneath. */
    public Table table() {
        return table.copy();
    }

    /** What reading found and left out. */
    public ReadReport report() {
        return report;
    }

    /** Counts and lengths in words of the three texts. */
    public Table describe() {
        return PairLengths.of(this).table();
    }

    /** The first pairs, or all where there are fewer. */
    public Preferences first(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count: expected at least 1, came " + count);
        }
        return rows(IntStream.range(0, Math.min(count, size())).toArray());
    }

    /** The pairs that a condition holds for. */
    public Preferences where(Predicate<PreferencePair> condition) {
        int[] rows = IntStream.range(0, size())
                .filter(row -> condition.test(pair(row)))
                .toArray();
        if (rows.length == 0) {
            throw new IllegalArgumentException("condition: expected it to hold for some pair, came none of " + size());
        }
        return rows(rows);
    }

    /** The same pairs in an order drawn by the seed. */
    public Preferences shuffled(long seed) {
        return rows(Shuffle.order(size(), seed));
    }

    /**
     * Two halves drawn by the seed, for training and for testing. Pairs with the same prompt stay together, so that no held-out prompt has been seen.
     *
     * @param testShare the share of pairs to hold out, above 0 and below 1
     * @throws IllegalArgumentException if the share is out of range or all pairs have one prompt
     */
    public Split split(double testShare, long seed) {
        if (!(testShare > 0 && testShare < 1)) {
            throw new IllegalArgumentException("testShare: expected above 0 and below 1, came " + testShare);
        }
        List<String> distinct = prompts.asList().stream().distinct().toList();
        if (distinct.size() < 2) {
            throw new IllegalArgumentException("pairs: expected at least two different prompts to split, came one");
        }
        Set<String> heldOut = HeldOut.prompts(prompts.asList(), distinct, testShare, seed);
        int[] test = IntStream.range(0, size())
                .filter(row -> heldOut.contains(prompts.get(row)))
                .toArray();
        int[] train = IntStream.range(0, size())
                .filter(row -> !heldOut.contains(prompts.get(row)))
                .toArray();
        return new Split(rows(train), rows(test));
    }

    /**
     * Pairs to learn from and pairs to be judged by.
     *
     * @param train the pairs to train on
     * @param test the pairs held out
     */
    public record Split(Preferences train, Preferences test) {}

    private Preferences rows(int[] rows) {
        Table part = Table.create(table.name()); // by column, because Table.rows sorts its rows
        table.columns().forEach(column -> part.addColumns(column.subset(rows)));
        return new Preferences(part, report);
    }

    /** Counts and lengths; no text is shown, since real pairs may hold what nobody wants to see unasked. */
    @Override
    public Map<String, Object> mimeBundle() {
        return PairLengths.of(this).mimeBundle(report);
    }

    @Override
    public String toString() {
        return PairLengths.of(this).sentence();
    }
}
