package org.rewardlab.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.kernel.output.StreamName;

/** What is taken for an expression by its characters is one, and what is not is split as before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainValueTest extends WithEvaluator {

    PlainValueTest() {
        super("import java.util.*;", "import java.util.stream.*;");
    }

    @AfterAll
    void close() {
        evaluator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 1",
                "losses.get(3) + 1",
                "Stream.of(1, 2)\n    .toList()",
                "a == b ? -c : d[1]",
                "\"; { = -> \" + 'x'",
                "x // a word; and { more }",
                "a != b && !c",
                "i++",
            })
    void itIsOneExpression(String text) {
        assertThat(PlainValue.of(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " // nothing",
                "x = 3",
                "x += 3",
                "x >>= 3",
                "f(); g()",
                "a, b",
                "f(1), b",
                "1) + (2",
                "(1",
                "() -> 1",
                "List::of",
                "switch (1) { default -> 2; }",
                "new int[] {1}",
                "@Deprecated int x",
                "\"\\u0022, b = \\u0022\"",
                "x ! = 3",
                "x /* open",
            })
    void itIsLeftToTheParser(String text) {
        assertThat(PlainValue.of(text)).isNull();
    }

    @Test
    void whatOnlyLooksLikeOneMeansWhatItDid() {
        done("int x");
        assertThat(value("x")).isEqualTo(0);
        done("List<String> names");
        assertThat(value("names")).isNull();
        done("void nothing() {}");
        done("nothing()");
        done("System.out.println(\"once\")");
        assertThat(output.text(StreamName.STDOUT)).isEqualTo("once\n");
        assertThat(plain(failure("\"open"))).contains("In [").doesNotContain("$$");
        assertThat(plain(failure("x +\n  missing"))).contains("line 2").contains("missing");
    }

    @Test
    void itMayBeLong() {
        assertThat(value("\"" + "y".repeat(60_000) + "\".length()")).isEqualTo(60_000);
        assertThat(value("List.of(" + "\n".repeat(20_000) + "1, -2 - -3 != 4).size()"))
                .isEqualTo(2);
        assertThat(value("0" + " - 1".repeat(3_000))).isEqualTo(-3_000);
    }

    @Test
    void aCommentThatDoesNotEndIsNotLeftOut() {
        assertThat(plain(failure("5 /* open"))).contains("line 1");
    }

    @Test
    void nothingOfAPairRunsTwice() {
        done("int calls = 0; int next() { return ++calls; }");
        Outcome pair = run("next(), calls");
        assertThat(pair).isInstanceOf(Outcome.Failed.class);
        assertThat(value("calls")).isEqualTo(0);
    }
}
