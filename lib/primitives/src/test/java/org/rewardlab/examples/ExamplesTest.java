package org.rewardlab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of the primitives print what they say, and every primitive has one. */
class ExamplesTest {

    private static final Path SOURCES = Path.of("src/main/java");

    private static final List<String> IMPORTS = Stream.concat(
                    Stream.of("java.util.*", "ai.djl.ndarray.*", "ai.djl.ndarray.types.*"),
                    Primitives.packages().stream().map(name -> name + ".*"))
            .toList();

    @SuppressWarnings("NullAway.Init")
    private static Shell shell;

    @BeforeAll
    static void start() {
        shell = new Shell(IMPORTS);
    }

    @AfterAll
    static void stop() {
        shell.close();
    }

    @TestFactory
    Stream<DynamicTest> everyExamplePrintsWhatItSays() throws IOException {
        if (Boolean.getBoolean("examples.write")) {
            write();
        }
        return Example.below(SOURCES).stream()
                .map(example -> DynamicTest.dynamicTest(example.toString(), () -> check(example)));
    }

    private static void check(Example example) {
        List<String> printed = shell.run(example);
        List<Example.Step> expected =
                example.steps().stream().filter(Example.Step::prints).toList();
        for (int i = 0; i < expected.size(); i++) {
            Example.Step step = expected.get(i);
            assertThat(Printed.agree(step.output(), printed.get(i)))
                    .as("%s: after%n%s// => %s%nit says %s", example, step.code(), printed.get(i), step.output())
                    .isTrue();
        }
    }

    /** Replaces all outputs by what is printed now, from the last example of a file to the first. */
    private static void write() throws IOException {
        List<Example> examples = new ArrayList<>(Example.below(SOURCES));
        Collections.reverse(examples);
        for (Example example : examples) {
            List<String> outputs;
            try {
                outputs = shell.run(example);
            } catch (AssertionError failed) {
                System.err.println(example + ": " + failed.getMessage());
                continue;
            }
            List<String> lines = new ArrayList<>(Example.read(example.file()));
            List<String> old = lines.subList(
                    example.line() - 1, example.line() - 1 + example.lines().size());
            List<String> printed = example.withOutputs(outputs).lines().stream()
                    .map(line -> (example.indent() + line).stripTrailing())
                    .toList();
            old.clear();
            old.addAll(printed);
            Files.write(example.file(), lines);
        }
    }

    @Test
    void everyPrimitiveHasAnExample() {
        assertThat(Primitives.withoutExample(SOURCES))
                .as(
                        "primitives without an example in their Javadoc (how to write one: package-info.java of %s)",
                        ExamplesTest.class.getPackageName())
                .isEmpty();
    }
}
