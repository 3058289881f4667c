package org.rewardlab.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewardlab.kernel.output.StreamName;

/** The value of a last expression is what Java makes of it alone, whatever way it is compiled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValuesTest extends WithEvaluator {

    ValuesTest() {
        super("import java.util.*;", "import java.util.function.*;", "import java.util.List;");
    }

    @AfterAll
    void close() {
        evaluator.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "1 + 1 | java.lang.Integer | 2",
                "true ? 1 : 2.0 | java.lang.Double | 1.0",
                "(switch (1) { case 1 -> 1; default -> 2.0; }) | java.lang.Double | 1.0",
                "true ? (switch (1) { case 1 -> 1; default -> 2.0; }) : 3 | java.lang.Double | 1.0",
                "'a' | java.lang.Character | a",
                "'a' + 1 | java.lang.Integer | 98",
                "(byte) 300 | java.lang.Byte | 44",
                "1L << 40 | java.lang.Long | 1099511627776",
                "\"a\" + 1 + 2 /* said */ // and done | java.lang.String | a12",
                "List.of(1, 2).get(1) | java.lang.Integer | 2",
                "new Object() { int twice(int n) { return 2 * n; } }.twice(4) | java.lang.Integer | 8",
                "((Supplier<String>) () -> \"s\").get() | java.lang.String | s",
            })
    void itHasTheTypeOfTheExpression(String source, String type, String text) {
        Object value = value(source);
        assertThat(value)
                .hasToString(text)
                .extracting(v -> v.getClass().getName())
                .isEqualTo(type);
    }

    @Test
    void anExpressionRunsOnce() {
        run("int calls = 0; int next() { return ++calls; } void tell() { calls++; }");
        assertThat(value("next()")).isEqualTo(1);
        assertThat(run("tell()")).isEqualTo(new Outcome.Done());
        assertThat(value("calls")).isEqualTo(2);
    }

    @Test
    void aCallOfAVoidMethodShowsNothing() {
        assertThat(run("System.out.println(\"said\")")).isEqualTo(new Outcome.Done());
        assertThat(output.text(StreamName.STDOUT)).isEqualTo("said\n");
    }

    @Test
    void theLastResultsHaveTheTypesOfTheirExpressions() {
        Object unused = value("List.of(\"abc\")");
        assertThat(value("_.get(0).length() + 1")).isEqualTo(4);
        assertThat(value("_ / 3")).isEqualTo(1);
        run("record Pair(int a, int b) {}");
        unused = value("new Pair(3, 4)");
        assertThat(value("_.a() + _.b()")).isEqualTo(7);
        unused = value("new int[] {5, 6}");
        assertThat(value("_[1] + __")).isEqualTo(13);
        unused = value("\"x\"");
        assertThat(value("_.length() + 1")).isEqualTo(2);
        assertThat(value("___ - 3"))
                .as("first named in terms of an older result")
                .isEqualTo(10);
    }

    @Test
    void aResultWhoseExpressionMeansSomethingElseNowIsStillThere() {
        run("int kept = 3;");
        Object unused = value("kept + 1");
        run("String kept = \"text\";");
        assertThat(value("_")).isEqualTo(4);
    }

    @Test
    void aWrongExpressionIsReportedAsItStandsInTheCell() {
        Outcome outcome = run("int fine = 1;\nfine + missing");
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        String report = String.join("\n", ((Outcome.Failed) outcome).report().traceback());
        assertThat(report).contains("missing").doesNotContain("$$").doesNotContain("Object");
    }

    @Test
    void anExpressionThatThrowsIsMarkedInTheCell() {
        Outcome outcome = run("int none = 0;\n\n7 / none");
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        String report = String.join("\n", ((Outcome.Failed) outcome).report().traceback());
        assertThat(report).contains("line 3").doesNotContain("$$");
    }

    @Test
    void assignmentsShowNothingWhateverTheyAssignTo() {
        done("int a = 1; int[] row = {1, 2};");
        done("a = 2");
        assertThat(value("a += 2")).isEqualTo(4);
        done("row[1] = 7");
        done("row[0] = 8");
        assertThat(value("a + row[0] + row[1]")).isEqualTo(19);
        assertThat(value("(a = 5)")).isEqualTo(5);
        assertThat(value("a++")).isEqualTo(5);
    }

    @Test
    void aSwitchWithValuesIsOne() {
        done("int day = 2;");
        assertThat(value("switch (day) { case 1 -> \"Monday\"; default -> \"later\"; }"))
                .isEqualTo("later");
        done("switch (day) { case 1 -> day++; default -> day--; }");
        assertThat(value("day")).isEqualTo(1);
    }

    @Test
    void manyStatementsOfWhichOneIsWrongDoNotTakeLong() {
        String cell = "int n = 0;\n" + "n += 1;\n".repeat(1_000) + "n = nothing;\nn = -1;";
        long start = System.nanoTime();
        assertThat(plain(failure(cell))).contains("line 1002");
        assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(10);
        assertThat(value("n")).isEqualTo(1_000);
    }
}
