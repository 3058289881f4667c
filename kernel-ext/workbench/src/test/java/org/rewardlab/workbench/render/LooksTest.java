package org.rewardlab.workbench.render;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.preference.PairLogps;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.workbench.Notebook;
import org.rewardlab.workbench.memory.ArrayScopes;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Every renderer's HTML and text against files of the test resources. With {@code -Dlooks.write=FOLDER} they are written there
 * instead, to be looked at and then copied.
 */
class LooksTest {

    private static final Renderer RENDERER = new Renderer();

    static {
        ArrayScopes.start();
        Renderers.register(RENDERER);
    }

    private record Arm(
            String name, double gold, int seed, @Nullable Duration took) {}

    static Stream<String> names() {
        return values().keySet().stream();
    }

    private static Map<String, Supplier<Object>> values() {
        Map<String, Supplier<Object>> values = new LinkedHashMap<>();
        values.put("vector", () -> Notebook.array(2f, 0.5f, -1f));
        values.put("matrix", () -> Notebook.array(new float[][] {{0, 1, -0.25f}, {0.5f, 1, 2}}));
        values.put("scalar", () -> Notebook.array(0.6931472f).get(0));
        values.put("integers", () -> Notebook.array(1L, 200, -3));
        values.put("truths", () -> Notebook.array(1f, -1f).gt(Notebook.array(0f, 0f)));
        values.put("nan", () -> Notebook.array(1f, Float.NaN, Float.NEGATIVE_INFINITY));
        values.put("empty", () -> Notebook.zeros(0, 3));
        values.put("wide-range", () -> Notebook.array(1e-9, 1, 1e12));
        values.put("large-matrix", () -> whole(48 * 100).reshape(48, 100));
        values.put("long-vector", () -> whole(5000));
        values.put("cube", () -> whole(24).reshape(2, 3, 4));
        values.put("float16", () -> Notebook.array(1f, 2f).toType(DataType.FLOAT16, true));
        values.put("arrays", () -> new NDList(Notebook.array(1f), Notebook.ones(2, 2)));
        values.put("list-of-arrays", () -> List.of(Notebook.array(1f), Notebook.ones(2, 2)));
        values.put("java-arrays", () -> new NDArray[] {Notebook.array(1f), Notebook.ones(2, 2)});
        values.put("strings", () -> Notebook.manager().create(new String[] {"a", "<b>"}));
        values.put("large-numbers", () -> Notebook.array(0.1, 1234567, -99999.4));
        values.put("large-wholes", () -> Notebook.array(12345, 999_999));
        values.put("closed", LooksTest::closed);
        values.put("loss", () -> PreferenceLoss.dpo(0.1).loss(pairs()));
        values.put("loss-gradients", () -> PreferenceLoss.dpo(0.1).lossAndGradients(pairs()));
        values.put("metrics", () -> PreferenceLoss.dpo(0.1).loss(pairs()).metrics());
        values.put("table", LooksTest::table);
        values.put("long-table", LooksTest::longTable);
        values.put("record", () -> new Arm("par", 4.87654, 1, Duration.ofMillis(2500)));
        values.put("records", () -> List.of(new Arm("par", 4.87654, 1, null), new Arm("<b>", -1.23456, 2, null)));
        values.put("map", () -> new LinkedHashMap<>(Map.of("accuracy", 0.71234)));
        values.put("map-of-arrays", () -> Map.of("weights", Notebook.ones(2, 2)));
        values.put("java-empty", () -> new int[0][0]);
        values.put("java-matrix", () -> new double[][] {{1, 2.5}, {3, 4}});
        values.put("java-ragged", () -> new int[][] {{1, 2}, {3}});
        values.put("java-cube", () -> new float[2][2][2]);
        values.put("duration", () -> Duration.ofSeconds(200));
        values.put("throwable", LooksTest::thrown);
        return values;
    }

    private static NDArray whole(int count) {
        double[] numbers = IntStream.range(0, count).mapToDouble(i -> i - 10).toArray();
        return Notebook.array(numbers);
    }

    private static NDArray closed() {
        NDArray array = Notebook.array(1f);
        array.close();
        return array;
    }

    private static PairLogps pairs() {
        return new PairLogps(
                Notebook.array(-1f, -2f),
                Notebook.array(-3f, -2.5f),
                Notebook.array(-1.5f, -2f),
                Notebook.array(-2f, -2f));
    }

    private static Table table() {
        return Table.create(
                "runs",
                StringColumn.create("arm", "identity", "<i>par</i>", "tanh"),
                DoubleColumn.create("gold reward", 1.23456789, 4.87654321, Double.NaN),
                IntColumn.create("seed", 1, 2, 3),
                BooleanColumn.create("held", true, false, true));
    }

    private static Table longTable() {
        return Table.create(
                "many",
                IntColumn.indexColumn("step", 5000, 0),
                DoubleColumn.create("loss", IntStream.range(0, 5000).mapToDouble(i -> 1 / (1.0 + i))));
    }

    private static Throwable thrown() {
        Throwable cause = new RuntimeException("for <row> 3");
        cause.setStackTrace(new StackTraceElement[0]);
        Throwable thrown = new IllegalStateException("no reward", cause);
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("A", "b", "A.java", 7)});
        return thrown;
    }

    @ParameterizedTest
    @MethodSource("names")
    void isAsItWasLookedAt(String name) throws IOException {
        DisplayData shown = shown(name);
        check(name + ".html", (String) shown.getData(MIMEType.TEXT_HTML));
        check(name + ".txt", (String) shown.getData(MIMEType.TEXT_PLAIN));
    }

    @ParameterizedTest
    @MethodSource("names")
    void needsNoScriptNoNetworkAndNoPageOfOneColour(String name) {
        Object html = shown(name).getData(MIMEType.TEXT_HTML);
        String page = html == null ? "" : html.toString();
        assertThat(page).doesNotContain("<script", "http:", "https:", "<style", "class=");
        assertThat(page).doesNotContainPattern("[;\"]color:\\s*(#000|#fff|black|white)");
        assertThat(page.length()).isLessThan(20_000);
    }

    private static DisplayData shown(String name) {
        return RENDERER.render(Objects.requireNonNull(values().get(name)).get());
    }

    private static void check(String file, @Nullable String content) throws IOException {
        String folder = System.getProperty("looks.write");
        if (folder != null) {
            if (content != null) {
                Files.createDirectories(Path.of(folder));
                Files.writeString(Path.of(folder, file), content + "\n");
            }
            return;
        }
        try (InputStream kept = LooksTest.class.getResourceAsStream("/render/" + file)) {
            String expected = kept == null ? null : new String(kept.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(content == null ? null : content + "\n").isEqualTo(expected);
        }
    }

    @Test
    void copiesFewNumbersOfLargeArrays() {
        NDArray matrix = Notebook.manager().ones(new Shape(2000, 1500));
        double[][] sample = ArrayReading.sample(matrix);
        assertThat(sample.length * sample[0].length).isLessThanOrEqualTo(ArrayReading.PIXELS * ArrayReading.PIXELS);
        assertThat(ArrayReading.sample(matrix.flatten(), 200).length).isLessThanOrEqualTo(200);
        String html = String.valueOf(shownOf(matrix).getData(MIMEType.TEXT_HTML));
        assertThat(html.length()).isLessThan(20_000);
    }

    private static DisplayData shownOf(Object value) {
        return RENDERER.render(value);
    }
}
