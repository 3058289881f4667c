package org.rewardlab.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rewardlab.tensor.GradientMode;

/**
 * After any primitive the live arrays are what they were plus its results, and after a rejection what they were: every
 * golden case, recorded and not. What an adapter makes for itself goes through {@link Case#own}.
 */
class NothingLeftBehindTest {

    @TestFactory
    Stream<DynamicTest> everyPrimitiveLeavesItsResultsAndNothingElse() {
        List<GoldenFile> files = GoldenFile.in(Path.of("src/test/resources/golden"));
        assertThat(files).isNotEmpty();
        return files.stream().flatMap(file -> file.cases().stream().map(json -> test(file, json)));
    }

    private static DynamicTest test(GoldenFile file, JsonNode json) {
        String primitive = json.path("primitive").asText();
        return DynamicTest.dynamicTest(primitive + " - " + json.path("name").asText(), () -> {
            Card card = Objects.requireNonNull(Card.of(file.card()));
            Function<Case, Result> adapter = Objects.requireNonNull(card.adapter(primitive));
            try (GradientMode mode = GradientMode.recording()) {
                run(adapter, json);
            }
            try (GradientMode mode = GradientMode.paused()) {
                run(adapter, json);
            }
        });
    }

    private static void run(Function<Case, Result> adapter, JsonNode json) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Case c = new Case(json, manager, DataType.FLOAT32);
            Set<NDArray> known = Collections.newSetFromMap(new IdentityHashMap<>());
            try {
                known.addAll(adapter.apply(c).arrays());
            } catch (IllegalArgumentException rejected) {
                assertThat(json.path("outputs").has("error")).as("%s", rejected).isTrue();
            }
            known.addAll(c.arrays());
            assertThat(manager.getManagedArrays().stream().filter(array -> !known.contains(array)))
                    .as("arrays that are neither inputs nor results, of %s", json)
                    .isEmpty();
        }
    }
}
