package org.rewardlab.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * Every golden vector of a folder: outputs, gradients (by the tape and in closed form) and rejections, in float64 and
 * in float32.
 *
 * <p>The system property {@code golden.dir} names the folder, {@code golden.report} a file for the counts.
 */
class GoldenVectorsTest {

    private static final Script DOT = Script.of("""
            def dot(self, a: Tensor, b: Tensor) -> Tensor:
              return torch.sum(torch.mul(a, b))
            """);

    private static final Script TOTAL = Script.of("""
            def total(self, a: Tensor) -> Tensor:
              return torch.sum(a)
            """);

    private static final List<String> FAILURES = new ArrayList<>();
    private static int passed;

    @TestFactory
    Stream<DynamicContainer> everyCaseOfTheFolderHolds() {
        Path folder = Path.of(System.getProperty("golden.dir", "src/test/resources/golden"));
        List<GoldenFile> files = GoldenFile.in(folder);
        assertThat(files.stream().mapToInt(file -> file.cases().size()).sum())
                .as("golden cases in %s", folder)
                .isPositive();
        return files.stream()
                .map(file -> DynamicContainer.dynamicContainer(
                        file.name(), file.cases().stream().map(json -> test(file, json))));
    }

    @AfterAll
    static void report() throws IOException {
        String report = System.getProperty("golden.report");
        if (report != null) {
            List<String> lines = new ArrayList<>(FAILURES);
            lines.add(passed + " passed, " + FAILURES.size() + " failed, 0 skipped");
            Files.write(Path.of(report), lines);
        }
    }

    private static DynamicTest test(GoldenFile file, JsonNode json) {
        String name =
                json.path("primitive").asText() + " - " + json.path("name").asText();
        return DynamicTest.dynamicTest(name, () -> {
            try {
                run(file.card(), json, DataType.FLOAT64, 1e-9);
                run(file.card(), json, DataType.FLOAT32, 1e-4);
                passed++;
            } catch (Throwable e) {
                FAILURES.add(file.name() + " " + name + ": " + e);
                throw e;
            }
        });
    }

    private static void run(String number, JsonNode json, DataType type, double tolerance) {
        String primitive = json.path("primitive").asText();
        Card card = Card.of(number);
        Function<Case, Result> adapter = card == null ? null : card.adapter(primitive);
        if (adapter == null) {
            throw new AssertionError("no adapter for primitive " + primitive + " of card " + number);
        }
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open();
                GradientMode mode = GradientMode.recording()) {
            Case c = new Case(json, manager, type);
            JsonNode expected = json.path("outputs");
            if (expected.has("error")) {
                rejects(adapter, c);
            } else {
                Agreement agreement =
                        new Agreement(Math.max(tolerance, json.path("tolerance").asDouble(0)));
                Result result = adapter.apply(c);
                checkOutputs(expected, result, agreement);
                checkGradients(expected, c, result, agreement);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(type + ": " + e.getMessage() + "\ncase: " + json, e);
        }
    }

    private static void rejects(Function<Case, Result> adapter, Case c) {
        Result result;
        try {
            result = adapter.apply(c);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)\\S+: expected .+, got .+");
            return;
        }
        throw new AssertionError("expected a rejection, got " + result.outputs.keySet());
    }

    private static void checkOutputs(JsonNode expected, Result result, Agreement agreement) {
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            if (entry.getKey().startsWith("grad_")) {
                continue;
            }
            Object actual = result.outputs.get(entry.getKey());
            if (actual == null) {
                throw new AssertionError("no output " + entry.getKey() + " among " + result.outputs.keySet());
            }
            agreement.check(entry.getKey(), entry.getValue(), actual);
        }
    }

    private static void checkGradients(JsonNode expected, Case c, Result result, Agreement agreement) {
        if (!c.wantsGradients()) {
            return;
        }
        NDArray first = (NDArray) result.outputs.values().iterator().next();
        NDArray scalar = result.outputs.containsKey("loss")
                ? (NDArray) result.outputs.get("loss")
                : c.has("cotangent") ? DOT.call(first, c.array("cotangent")) : TOTAL.call(first);
        Gradients.backward(scalar);
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            if (!entry.getKey().startsWith("grad_")) {
                continue;
            }
            String input = entry.getKey().substring("grad_".length());
            List<NDArray> leaves = c.leaves(input);
            if (leaves == null) {
                agreement.check(entry.getKey(), entry.getValue(), Gradients.of(c.leaf(input)));
            } else {
                agreement.check(
                        entry.getKey(),
                        entry.getValue(),
                        leaves.stream().map(Gradients::of).toList());
            }
            NDArray closed = result.gradients.get(input);
            if (closed != null) {
                agreement.check(entry.getKey() + " in closed form", entry.getValue(), closed);
            }
        }
    }
}
