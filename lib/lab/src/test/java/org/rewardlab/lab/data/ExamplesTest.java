package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void everyLayoutIsRead() throws IOException {
        assertThat(Examples.read(file("a.jsonl", "{\"text\": \"once\"}\n")).examples())
                .containsExactly(new Example.PlainText("once"));
        assertThat(Examples.read(file("b.jsonl", "{\"prompt\": \"why?\"}\n")).prompts())
                .containsExactly(new Prompt("why?"));
        assertThat(Examples.read(file("c.jsonl", "{\"prompt\": \"1+1=\", \"completion\": \"2\"}\n"))
                        .examples())
                .containsExactly(new Example.Completed("1+1=", "2"));
        assertThat(Examples.read(file("d.jsonl", "{\"prompt\": \"p\", \"completion\": \"c\", \"label\": false}\n"))
                        .examples())
                .containsExactly(new Example.Labelled("p", "c", false));
        assertThat(Examples.read(file(
                                "e.jsonl",
                                "{\"prompt\": \"p\", \"completions\": [\"a\", \"b\"], \"labels\": [true, 0]}\n"))
                        .examples())
                .containsExactly(new Example.Stepwise("p", List.of("a", "b"), List.of(true, false)));
        assertThat(Examples.read(file(
                                "f.jsonl",
                                "{\"prompt\": [{\"role\": \"user\", \"content\": \"p\"}], \"completion\":"
                                        + " [{\"role\": \"assistant\", \"content\": \"c\"}]}\n"))
                        .examples())
                .containsExactly(new Example.Completed("p", "c"));
    }

    @Test
    void whatWasDroppedIsCountedWithTheReason() throws IOException {
        Examples examples = Examples.read(file("a.jsonl", """
                {"prompt": "p", "completion": "c", "label": true}
                {"prompt": "p", "completion": " ", "label": true}
                {"prompt": "p", "completion": "c", "label": null}
                {"prompt": "p", "completion": "", "label": false}
                """));
        assertThat(examples.size()).isEqualTo(1);
        assertThat(examples.report().toString())
                .startsWith("4 rows read, 1 examples; 2 dropped: the completion is empty (first at ")
                .contains("a.jsonl:2); 1 dropped: the label is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"x\": 1} ; needs \"prompt\", \"text\" or \"messages\", came [x]",
                "{\"chosen\": \"a\", \"rejected\": \"b\"} ; read it with Preferences.read",
                "{\"prompt\": 3} ; \"prompt\" must be text or a list",
                "{\"prompt\": \"p\", \"completion\": \"c\", \"label\": 2} ; \"label\" must be true or false, came 2",
                "{\"prompt\": \"p\", \"completions\": [\"a\"], \"labels\": []} ; lists of one length, came 1 and 0",
                "{\"prompt\": \"p\", \"completions\": [1], \"labels\": [true]} ; step 1 must be text, came 1",
            })
    void brokenRowsAreNamedWithTheirPlace(String row, String problem) throws IOException {
        Path file = file("a.jsonl", "{\"prompt\": \"p\"}\n" + row + "\n");
        assertThatThrownBy(() -> Examples.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("a.jsonl:2")
                .hasMessageContaining(problem);
    }

    @Test
    void rowsAreHandedToTrainersByTheirLayout() throws IOException {
        Examples text = Examples.read(file("text.jsonl", "{\"text\": \"all\"}\n"));
        assertThat(text.completed()).containsExactly(new Example.Completed("", "all"));
        Examples judged =
                Examples.read(file("judged.jsonl", "{\"prompt\": \"p\", \"completion\": \"c\", \"label\": true}\n"));
        assertThat(judged.labelled()).containsExactly(new Example.Labelled("p", "c", true));
        assertThatThrownBy(judged::completed).hasMessage("examples: expected rows of layout Completed, got Labelled");
        Examples steps = Examples.read(file("steps.jsonl", """
                {"prompt": "p", "completions": ["a"], "labels": [true]}
                {"prompt": "p", "completions": ["a", ""], "labels": [true, true]}
                """));
        assertThat(steps.stepwise()).containsExactly(new Example.Stepwise("p", List.of("a"), List.of(true)));
        assertThat(steps.report().toString()).contains("a step is empty");
        assertThatThrownBy(steps::labelled).hasMessageContaining("got Stepwise");
    }

    @Test
    void layoutsAreNotMixed() throws IOException {
        Path file = file("a.jsonl", "{\"prompt\": \"p\"}\n{\"text\": \"t\"}\n");
        assertThatThrownBy(() -> Examples.read(file))
                .hasMessageContaining("a row of layout PlainText among rows of layout PromptOnly");
    }

    @Test
    void csvAndTsvAreReadWithQuotesAndLineBreaks() throws IOException {
        Path csv = file(
                "a.csv",
                "prompt,completion,label\n\"say \"\"hi\"\", please\",\"line one\nline two\",true\n2+2=,4,false\n");
        assertThat(Examples.read(csv).examples())
                .containsExactly(
                        new Example.Labelled("say \"hi\", please", "line one\nline two", true),
                        new Example.Labelled("2+2=", "4", false));
        assertThat(Examples.read(file("b.tsv", "prompt\tcompletion\np, q\tc\n")).examples())
                .containsExactly(new Example.Completed("p, q", "c"));
        Preferences pairs = Preferences.read(file("c.csv", "prompt,chosen,rejected\np,good,bad\n"));
        assertThat(pairs.pair(0)).isEqualTo(new PreferencePair("p", "good", "bad"));
        assertThat(Examples.unpaired(pairs))
                .containsExactly(new Example.Labelled("p", "good", true), new Example.Labelled("p", "bad", false));
    }

    @Test
    void parquetIsReadAsAStreamWithNestedColumns() throws SQLException {
        Path file = folder.resolve("a.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "copy (select 'p' || i as prompt, ['a' || i, 'b'] as completions, [true, i % 2 = 0] as labels from range(50000) t(i)) to '"
                            + file + "' (format parquet)");
        }
        List<Example> some = new ArrayList<>();
        ReadReport report = Examples.stream(file, example -> {
            if (some.size() < 2) {
                some.add(example);
            }
        });
        assertThat(report.kept()).isEqualTo(50_000);
        assertThat(some)
                .containsExactly(
                        new Example.Stepwise("p0", List.of("a0", "b"), List.of(true, true)),
                        new Example.Stepwise("p1", List.of("a1", "b"), List.of(true, false)));
    }

    @Test
    void theRealParquetFileOfToolRlIsReadAsPrompts() {
        Examples examples = Examples.read(RealData.file("toolrl", "test.parquet"));
        assertThat(examples.size()).isEqualTo(80);
        assertThat(examples.examples())
                .allMatch(example -> example instanceof Example.PromptOnly prompt
                        && prompt.prompt().contains("tool"));
        assertThat(examples.table().rowCount()).isEqualTo(80);
    }

    @Test
    void filesThatAreNotWhatTheirNameSaysAreRefused() throws IOException {
        Path fake = file("a.parquet", "no parquet");
        assertThatThrownBy(() -> Examples.read(fake))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> Examples.read(folder.resolve("none.csv"))).hasMessageContaining("no such file");
    }

    @Test
    void tablesHaveARowForEachStep() throws IOException {
        Examples steps = Examples.read(
                file("e.jsonl", "{\"prompt\": \"p\", \"completions\": [\"a\", \"b\"], \"labels\": [true, false]}\n"));
        assertThat(steps.table().columnNames()).containsExactly("prompt", "completion", "label");
        assertThat(steps.table().rowCount()).isEqualTo(2);
    }
}
