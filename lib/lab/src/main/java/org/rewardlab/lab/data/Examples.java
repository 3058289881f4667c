package org.rewardlab.lab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rewardlab.tensor.Check;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Rows to learn from in TRL's layouts other than preference pairs: text, prompts, completions, completions with labels, steps with
 * labels; from JSON Lines, CSV, TSV or Parquet.
 *
 * @param examples in the order of the file, all of one layout
 * @param report what reading found, dropped and why
 */
public record Examples(List<Example> examples, ReadReport report) {

    public Examples {
        examples = List.copyOf(examples);
    }

    /**
     * Reads a file, or all files of a folder in the order of their names.
     *
     * @throws InvalidDataException naming file and row if a row is broken or of another layout than the first
     */
    public static Examples read(Path path) {
        List<Example> all = new ArrayList<>();
        ReadReport report = stream(path, all::add);
        if (all.isEmpty()) {
            throw InvalidDataException.in(
                    path, report.rows() == 0 ? "empty: it holds no rows" : "holds no usable row: " + report);
        }
        return new Examples(all, report);
    }

    /** Hands examples on one by one as they are read, for files that are too large to hold; returns what was dropped and why. */
    public static ReadReport stream(Path path, Consumer<Example> use) {
        Map<String, ReadReport.Dropped> dropped = new LinkedHashMap<>();
        long[] kept = {0};
        long rows = 0;
        List<Class<?>> layout = new ArrayList<>();
        for (Path file : Datasets.files(path)) {
            rows += DataRows.read(file, (row, place) -> {
                ExampleParser.Parsed parsed = ExampleParser.parse(row, place);
                Example example = parsed.example();
                if (example == null) {
                    dropped.merge(
                            parsed.reason(),
                            new ReadReport.Dropped(parsed.reason(), 1, place),
                            (sofar, one) -> new ReadReport.Dropped(sofar.reason(), sofar.count() + 1, sofar.first()));
                    return;
                }
                if (layout.isEmpty()) {
                    layout.add(example.getClass());
                } else if (layout.get(0) != example.getClass()) {
                    throw InvalidDataException.at(
                            place,
                            "a row of layout " + example.getClass().getSimpleName() + " among rows of layout "
                                    + layout.get(0).getSimpleName());
                }
                kept[0]++;
                use.accept(example);
            });
        }
        return new ReadReport(rows, kept[0], List.copyOf(dropped.values()), "examples");
    }

    /** The number of examples. */
    public int size() {
        return examples.size();
    }

    /**
     * The examples as prompts with completions, for those who learn these; text without a prompt is a completion of nothing.
     *
     * @throws IllegalArgumentException for another layout
     */
    public List<Example.Completed> completed() {
        return examples.stream()
                .map(example -> example instanceof Example.PlainText plain
                        ? new Example.Completed("", plain.text())
                        : as(Example.Completed.class, example))
                .toList();
    }

    /**
     * The examples as completions with thumbs up and down.
     *
     * @throws IllegalArgumentException for another layout
     */
    public List<Example.Labelled> labelled() {
        return examples.stream()
                .map(example -> as(Example.Labelled.class, example))
                .toList();
    }

    /**
     * The examples as solutions of which each step is judged.
     *
     * @throws IllegalArgumentException for another layout
     */
    public List<Example.Stepwise> stepwise() {
        return examples.stream()
                .map(example -> as(Example.Stepwise.class, example))
                .toList();
    }

    private static <E extends Example> E as(Class<E> layout, Example example) {
        if (!layout.isInstance(example)) {
            throw Check.failure(
                    "examples",
                    "rows of layout " + layout.getSimpleName(),
                    example.getClass().getSimpleName());
        }
        return layout.cast(example);
    }

    /** The examples as prompts for sampling. */
    public List<Prompt> prompts() {
        return examples.stream().map(example -> new Prompt(example.prompt())).toList();
    }

    /** The examples as a table: prompt, completion and label where the layout has them; steps are rows of their own. */
    public Table table() {
        StringColumn prompt = StringColumn.create("prompt");
        StringColumn completion = StringColumn.create("completion");
        BooleanColumn label = BooleanColumn.create("label");
        for (Example example : examples) {
            if (example instanceof Example.Stepwise steps) {
                for (int i = 0; i < steps.completions().size(); i++) {
                    prompt.append(steps.prompt());
                    completion.append(steps.completions().get(i));
                    label.append(steps.labels().get(i).booleanValue());
                }
                continue;
            }
            prompt.append(example.prompt());
            if (example instanceof Example.PlainText plain) {
                completion.append(plain.text());
            } else if (example instanceof Example.Completed completed) {
                completion.append(completed.completion());
            } else if (example instanceof Example.Labelled labelled) {
                completion.append(labelled.completion());
                label.append(labelled.label());
            }
        }
        Table table = Table.create("examples", prompt);
        if (completion.size() == prompt.size()) {
            table.addColumns(completion);
        }
        if (label.size() == prompt.size()) {
            table.addColumns(label);
        }
        return table;
    }

    /** Preference pairs as completions with labels: the chosen one true, the rejected one false, one after the other. */
    public static List<Example.Labelled> unpaired(Preferences pairs) {
        return unpaired(pairs.pairs());
    }

    /** The same for pairs in a list. */
    public static List<Example.Labelled> unpaired(List<PreferencePair> pairs) {
        List<Example.Labelled> all = new ArrayList<>();
        for (PreferencePair pair : pairs) {
            all.add(new Example.Labelled(pair.prompt(), pair.chosen(), true));
            all.add(new Example.Labelled(pair.prompt(), pair.rejected(), false));
        }
        return all;
    }

    @Override
    public String toString() {
        return "Examples(" + report + ")";
    }
}
