package org.rewardlab.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.lab.display.Display;
import org.rewardlab.lab.display.Shown;

@ExtendWith(SettingsFixture.class)
class ExperimentCacheTest {
    private enum Shape {
        FLAT,
        STEEP
    }

    private record Arm(Shape shape, double slope, List<Integer> sizes) {}

    private static final Arm FLAT = new Arm(Shape.FLAT, 0.1, List.of(1, 2));
    private static final Arm STEEP = new Arm(Shape.STEEP, 2, List.of());

    @TempDir
    private Path folder;

    private final AtomicInteger made = new AtomicInteger();

    @BeforeEach
    void fixedSettings() {
        System.setProperty("rewardlab.scale", "laptop");
        System.setProperty("rewardlab.seed", "5");
    }

    private static Experiment<Arm> experiment(Arm... arms) {
        return Experiment.named("kept").arms(arms).seeds(3).threads(2).withoutTensors();
    }

    private void climb(Arm arm, long seed, RunLog log) {
        made.incrementAndGet();
        for (int update = 1; update <= 7; update++) {
            log.every(3, "gold", arm.slope() * update + 1e-9 * (seed % 1000), "third", update / 3.0);
        }
        log.result("nothing", Double.NaN);
        log.result("endless", Double.NEGATIVE_INFINITY);
    }

    private String csv(Experiment<Arm> experiment) {
        return experiment.run(this::climb).table().write().toString("csv");
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void aSecondCallMakesNoRunAndGivesTheSameTableBitForBit() throws IOException {
        String plain = csv(experiment(FLAT, STEEP));
        assertThat(entries()).isEmpty(); // off unless asked for
        made.set(0);
        assertThat(csv(experiment(FLAT, STEEP).cached("1", folder))).isEqualTo(plain);
        assertThat(made).hasValue(6);
        assertThat(csv(experiment(FLAT, STEEP).cached("1", folder))).isEqualTo(plain);
        assertThat(csv(experiment(STEEP, FLAT).cached("1", folder))).isNotEqualTo(plain);
        assertThat(made).hasValue(6);
        assertThat(entries()).hasSize(6).allMatch(file -> file.toString().endsWith(".json"));
    }

    @Test
    void whatDiffersInAnythingIsRunAnew() {
        csv(experiment(FLAT).cached("1", folder));
        csv(experiment(FLAT).cached("2", folder));
        assertThat(made).hasValue(6);
        csv(experiment(new Arm(Shape.FLAT, 0.1, List.of(2, 1))).cached("1", folder));
        assertThat(made).hasValue(9);
        csv(experiment(new Arm(Shape.FLAT, Math.nextUp(0.1), List.of(1, 2))).cached("1", folder));
        assertThat(made).hasValue(12);
        System.setProperty("rewardlab.scale", "gpu");
        csv(experiment(FLAT).cached("1", folder));
        assertThat(made).hasValue(15);
        System.setProperty("rewardlab.seed", "6");
        csv(experiment(FLAT).cached("1", folder));
        assertThat(made).hasValue(18);
        csv(experiment(FLAT).seeds(5).cached("1", folder)); // the first three are known
        assertThat(made).hasValue(20);
    }

    @Test
    void anExperimentThatFailedGoesOnWithTheRunsThatAreMissing() {
        Experiment<Arm> kept = experiment(FLAT, STEEP).threads(1).cached("1", folder);
        assertThatThrownBy(() -> kept.run((arm, seed, log) -> {
                    if (made.get() == 4) {
                        throw new IllegalStateException("out of paper");
                    }
                    climb(arm, seed, log);
                }))
                .isInstanceOf(FailedRun.class);
        assertThat(made).hasValue(4);
        String resumed = csv(kept);
        assertThat(made).hasValue(6);
        assertThat(resumed).isEqualTo(csv(experiment(FLAT, STEEP)));
    }

    @Test
    void damagedEntriesAreIgnoredAndWrittenAnew() throws IOException {
        String whole = csv(experiment(FLAT).cached("1", folder));
        List<Path> files = entries();
        Files.writeString(files.get(0), Files.readString(files.get(0)).substring(0, 60));
        Files.writeString(files.get(1), Files.readString(files.get(1)).replaceFirst("0\\.333", "0.334"));
        Files.copy(files.get(0), files.get(2), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        made.set(0);
        assertThat(csv(experiment(FLAT).cached("1", folder))).isEqualTo(whole);
        assertThat(made).hasValue(3);
        assertThat(csv(experiment(FLAT).cached("1", folder))).isEqualTo(whole);
        assertThat(made).hasValue(3);
    }

    @Test
    void whatWasNotRunIsShown() {
        List<Object> shown = Collections.synchronizedList(new ArrayList<>());
        csv(experiment(FLAT).cached("learner 1", folder));
        Display before = Display.install(content -> {
            shown.add(content);
            return (Shown) shown::add;
        });
        try {
            csv(experiment(FLAT, STEEP).cached("learner 1", folder));
        } finally {
            Display.install(before);
        }
        assertThat(shown.get(shown.size() - 1).toString())
                .startsWith("kept: 3 of 6 runs are those of version \"learner 1\" kept in ");
    }

    @Test
    void armsWithoutContentAreRefusedBeforeAnythingRuns() {
        DoubleUnaryOperator lambda = x -> x;
        assertThatThrownBy(() -> Experiment.named("x")
                        .arms(Map.of("identity", lambda))
                        .withoutTensors()
                        .cached("1", folder)
                        .run((arm, seed, log) -> made.incrementAndGet()))
                .hasMessageContaining("arm: expected records")
                .hasMessageContaining("ExperimentCacheTest$$Lambda");
        assertThat(made).hasValue(0);
        assertThatThrownBy(() -> experiment(FLAT).cached(" ", folder)).hasMessageContaining("version");
    }
}
