package org.rewardlab.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples are found in Javadoc, run as they stand, and a wrong one is caught. */
class ExampleTest {

    private static final Path FILE = Path.of("Doubling.java");

    private static Example example(String... lines) {
        return new Example(FILE, 1, " * ", List.of(lines));
    }

    private static List<String> run(String... lines) {
        try (Shell shell = new Shell(List.of())) {
            return shell.run(example(lines));
        }
    }

    @Test
    void blocksWithAnOutputAreExamplesAndOthersAreNot(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("Doubling.java");
        Files.writeString(file, """
                /**
                 * Doubles.
                 *
                 * <pre>{@code
                 * this is an illustration
                 * }</pre>
                 *
                 * <pre>{@code
                 * int x = 1;
                 * 2 * x
                 * // => 2
                 * }</pre>
                 */
                class Doubling {}
                """);

        assertThat(Example.below(folder))
                .singleElement()
                .isEqualTo(new Example(file, 9, " * ", List.of("int x = 1;", "2 * x", "// => 2")));
    }

    @Test
    void anOutputMayGoOnOverSeveralLines() {
        assertThat(example("f()", "// => one", "//    two", "g()").steps())
                .containsExactly(new Example.Step("f()\n", "one two"), new Example.Step("g()\n", ""));
    }

    @Test
    void whatIsWrittenReadsAsItself() {
        String output = "a ".repeat(200).strip();
        Example written = example("f()", "// =>").withOutputs(List.of(output));

        assertThat(written.lines()).allMatch(line -> line.length() <= 117).hasSizeGreaterThan(4);
        assertThat(written.steps()).containsExactly(new Example.Step("f()\n", output));
    }

    @Test
    void expressionsAndRejectionsPrintWhatJshellPrints() {
        assertThat(run("var x = 20;", "x + 1", "// =>", "Integer.parseInt(\"x\")", "// =>"))
                .containsExactly("21", "NumberFormatException: For input string: \"x\"");
    }

    @Test
    void nothingIsLeftForTheNextExample() {
        try (Shell shell = new Shell(List.of())) {
            shell.run(example("int left = 1;", "left", "// => 1"));

            assertThatThrownBy(() -> shell.run(example("left", "// => 1")))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("cannot find symbol");
        }
    }

    @Test
    void anExceptionThatNobodyExpectsFails() {
        assertThatThrownBy(() -> run("Integer.parseInt(\"x\");", "1", "// => 1"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("NumberFormatException");
    }

    @Test
    void numbersAgreeToSixDigitsAndWordsLetterByLetter() {
        assertThat(Printed.agree("ND: (2) [0.31326169, 1.]", "ND: (2)\n[ 0.31326170,  1. ]\n"))
                .isTrue();
        assertThat(Printed.agree("[0.3132, 1.]", "[0.3133, 1.]")).isFalse();
        assertThat(Printed.agree("[1., nan]", "[1., 2.]")).isFalse();
        assertThat(Printed.agree("got -1.0", "got 1.0")).isFalse();
        assertThat(Printed.agree("float32 1", "float64 1")).isFalse();
    }
}
