package org.rewardlab.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rewardlab.lab.display.Display;
import org.rewardlab.lab.display.Progress;
import org.rewardlab.lab.display.Shown;
import org.rewardlab.lab.plot.Plots;
import org.rewardlab.lab.statistics.Digits;
import org.rewardlab.tensor.GradientMode;
import tech.tablesaw.api.Table;

@ExtendWith(SettingsFixture.class)
class ExperimentTest {
    private record Arm(double slope) {}

    private static final List<Arm> ARMS = List.of(new Arm(2), new Arm(1), new Arm(-1));

    @BeforeEach
    void fixedSettings() {
        System.setProperty("rewardlab.scale", "laptop");
        System.setProperty("rewardlab.seed", "5");
    }

    private static Experiment<Arm> experiment() {
        return Experiment.named("slopes").arms(ARMS).seeds(4).withoutTensors().steps("update");
    }

    private static void climb(Arm arm, long seed, RunLog log) {
        Random random = new Random(seed);
        double offset = random.nextGaussian();
        for (int update = 1; update <= 103; update++) {
            log.every(25, "gold", arm.slope() * update + offset, "noise", random.nextGaussian());
        }
    }

    @Test
    void tableHasArmSeedStepAndMetricsInOrderWhateverTheThreads() {
        Table one = experiment().threads(1).run(ExperimentTest::climb).table();
        Table many = experiment()
                .threads(3)
                .run((arm, seed, log) -> {
                    Thread.sleep(new Random().nextInt(5));
                    climb(arm, seed, log);
                })
                .table();
        assertThat(one.columnNames()).containsExactly("arm", "seed", "update", "gold", "noise");
        assertThat(many.write().toString("csv")).isEqualTo(one.write().toString("csv"));
        assertThat(one.rowCount()).isEqualTo(3 * 4 * 6);
        assertThat(one.longColumn("update").asList().subList(0, 6)).containsExactly(1L, 25L, 50L, 75L, 100L, 103L);
        assertThat(one.stringColumn("arm").get(0)).isEqualTo("Arm[slope=2.0]");
    }

    @Test
    void runKOfEveryArmHasTheSameSeedSoThatDifferencesArePaired() {
        Runs runs = experiment().run(ExperimentTest::climb);
        Results gold = runs.last("gold");
        double[] steep = gold.of(new Arm(2));
        double[] flat = gold.of(new Arm(1));
        for (int k = 0; k < 4; k++) {
            assertThat(steep[k] - flat[k]).isCloseTo(103, within(1e-9));
        }
        assertThat(Claims.claim("steeper wins", gold)
                        .differenceAtLeast(new Arm(2), new Arm(1), 102.9)
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
        assertThat(experiment().seed(0)).isNotEqualTo(experiment().seed(1));
        assertThat(experiment().seed(0))
                .isNotEqualTo(Experiment.named("other").arms("x").seed(0));
    }

    @Test
    void someArmsAloneKeepTheirRuns() {
        Runs runs = experiment().run(ExperimentTest::climb);
        Runs some = runs.only("Arm[slope=-1.0]", "Arm[slope=2.0]");
        assertThat(some.arms()).containsExactly("Arm[slope=-1.0]", "Arm[slope=2.0]");
        assertThat(some.last("gold").of(new Arm(2))).isEqualTo(runs.last("gold").of(new Arm(2)));
        assertThatThrownBy(() -> runs.only("Arm")).hasMessageStartingWith("arms: expected names out of [Arm[");
        assertThatThrownBy(runs::only).hasMessageStartingWith("arms: expected at least one");
    }

    @Test
    void linesAreMeansOverSeedsUnderTheArmsNames() {
        Runs runs = experiment().run(ExperimentTest::climb);
        String csv = Plots.figure(runs.lines("update", "gold")).csv();
        double mean = Collections.nCopies(1, runs.last("gold").of("Arm[slope=2.0]")).stream()
                .mapToDouble(v -> (v[0] + v[1] + v[2] + v[3]) / 4)
                .sum();
        assertThat(csv).contains("1,line,Arm[slope=2.0],103," + Digits.significant(mean, 7));
        assertThat(csv).contains("1,band,Arm[slope=-1.0],103,,");
        assertThat(Plots.figure(runs.lines("gold", "noise")).csv()).contains("1,line,Arm[slope=1.0],");
        assertThatThrownBy(() -> runs.lines("update", "silver"))
                .hasMessage("metric: expected one of [gold, noise] (or update as x), got \"silver\"");
        assertThatThrownBy(() -> runs.last("silver")).hasMessageContaining("silver");
    }

    @Test
    void armsAndMetricsOfAMapWithoutOrderStandInThatOfTheirNames() {
        Runs runs = Experiment.named("unordered")
                .arms(Map.of("d", 4, "b", 2, "a", 1, "e", 5, "c", 3))
                .seeds(1)
                .withoutTensors()
                .run((arm, seed, log) -> {
                    log.step(Map.of("wrong", 1.0, "right", 2.0, "steps", 3.0, "success", 4.0, "kl", 5.0));
                    log.at(2, Map.of("sign", 1.0, "labels", 2.0, "goal rate", 3.0));
                });
        assertThat(runs.arms()).containsExactly("a", "b", "c", "d", "e");
        assertThat(runs.metrics())
                .containsExactly("kl", "right", "steps", "success", "wrong", "goal rate", "labels", "sign");
    }

    @Test
    void goldAndProxyStandSideBySideAgainstTheDistance() {
        Runs runs = Experiment.named("hacking")
                .arms("greedy", "careful")
                .seeds(2)
                .withoutTensors()
                .run((arm, seed, log) -> {
                    for (int d = 0; d < 3; d++) {
                        log.step(Map.of("kl", d * 1.0, "proxy", d * 2.0, "gold", d - d * d * 1.0));
                    }
                });
        assertThat(runs.goldAgainstProxy()).hasSize(2);
        String csv = Plots.figure(runs.goldAgainstProxy()).csv();
        assertThat(csv)
                .contains("what is paid,line,greedy,2,4", "what is paid,line,careful,1,2")
                .contains("what is wanted,line,greedy,2,-2", "what is wanted,line,careful,1,0");
        Runs without = Experiment.named("no-proxy")
                .arms("greedy")
                .seeds(1)
                .withoutTensors()
                .run((arm, seed, log) -> log.step(Map.of("kl", 1.0, "gold", 1.0)));
        assertThatThrownBy(without::goldAgainstProxy).hasMessageContaining("metric: expected one of [");
    }

    @Test
    void missingMetricOfARunIsNaNAndFailsTheClaim() {
        Runs runs = Experiment.named("gap")
                .arms("a", "b")
                .seeds(2)
                .withoutTensors()
                .run((arm, seed, log) -> {
                    if (arm.equals("a")) {
                        log.step("gold", 1);
                    } else {
                        log.step("other", 1);
                    }
                });
        assertThat(runs.last("gold").of("b")).containsOnly(Double.NaN);
        assertThat(Claims.claim("x", runs.last("gold")).atLeast("b", 0).toString())
                .contains("2 of 2 seeds gave no number");
    }

    @Test
    void failingRunNamesArmAndSeedAndStopsTheRest() {
        assertThatThrownBy(() -> experiment().threads(2).run((arm, seed, log) -> {
                    if (arm.slope() == 1) {
                        throw new IllegalStateException("loss is NaN");
                    }
                    climb(arm, seed, log);
                }))
                .isInstanceOf(FailedRun.class)
                .hasMessageContaining("arm Arm[slope=1.0], seed number ")
                .hasMessageContaining("loss is NaN")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void interruptedCallerStopsItsRuns() throws Exception {
        for (int threads : new int[] {1, 2}) {
            CountDownLatch started = new CountDownLatch(1);
            AtomicBoolean ended = new AtomicBoolean();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    experiment().threads(threads).run((arm, seed, log) -> {
                        started.countDown();
                        try {
                            while (true) {
                                log.every(1_000_000, "gold", 0);
                            }
                        } finally {
                            ended.set(true);
                        }
                    });
                } catch (InterruptedRun e) {
                    thrown.set(e);
                }
            });
            caller.start();
            started.await();
            caller.interrupt();
            caller.join(20_000);
            assertThat(thrown.get()).isInstanceOf(InterruptedRun.class);
            assertThat(ended).isTrue();
        }
    }

    @Test
    void runsWithTensorsStartWithoutRecordingAndFreeWhatTheyMake() {
        List<NDArray> made = Collections.synchronizedList(new ArrayList<>());
        List<Boolean> recording = Collections.synchronizedList(new ArrayList<>());
        try (NDManager manager = NDManager.newBaseManager()) {
            Experiment.named("tensors").arms("a", "b").seeds(2).threads(2).run((arm, seed, log) -> {
                recording.add(GradientMode.isRecording());
                NDArray array = manager.create(new float[] {1, 2});
                made.add(array);
                log.step("sum", array.sum().getFloat());
            });
        }
        assertThat(recording).containsExactly(false, false, false, false);
        assertThat(made).allMatch(NDArray::isReleased);
    }

    @Test
    void experimentHasOneBarAndHidesThoseOfItsRuns() {
        List<Object> shown = Collections.synchronizedList(new ArrayList<>());
        Display before = Display.install(content -> {
            shown.add(content);
            return (Shown) shown::add;
        });
        try {
            experiment().threads(2).run((arm, seed, log) -> {
                try (Progress inner = Progress.of("inner", 1)) {
                    inner.step();
                }
            });
        } finally {
            Display.install(before);
        }
        assertThat(shown)
                .isNotEmpty()
                .allSatisfy(content -> assertThat(content.toString()).startsWith("slopes"));
        assertThat(shown.get(shown.size() - 1).toString()).contains("100% 12/12");
    }

    @Test
    void armsNeedNamesThatDiffer() {
        DoubleUnaryOperator lambda = x -> x;
        assertThatThrownBy(() -> Experiment.named("x").arms(List.of(lambda)))
                .hasMessageContaining("arm: expected something that prints a name");
        assertThatThrownBy(() -> Experiment.named("x").arms("a", "a")).hasMessageContaining("two of a");
        Map<String, DoubleUnaryOperator> named = new LinkedHashMap<>();
        named.put("identity", lambda);
        named.put("double", x -> 2 * x);
        assertThat(Experiment.named("x").arms(named).labels()).containsExactly("identity", "double");
        assertThatThrownBy(() -> Experiment.named("a/b").arms("x")).hasMessageContaining("name: expected letters");
        assertThatThrownBy(() -> experiment().seeds(0)).hasMessageContaining("seeds: expected at least 1");
        assertThatThrownBy(() -> experiment().steps("arm")).hasMessageContaining("stepName");
    }

    @Test
    void resultsOfARunStandBesideItsLastStep() {
        Runs runs = Experiment.named("r").arms("a").seeds(1).withoutTensors().run((arm, seed, log) -> {
            for (int i = 1; i <= 7; i++) {
                log.every(5, Map.of("loss", 1.0 / i));
            }
            log.result("accuracy", 0.9);
        });
        assertThat(runs.table().longColumn("step").asList()).containsExactly(1L, 5L, 7L);
        assertThat(runs.last("accuracy").of("a")).containsExactly(0.9);
        assertThat(runs.max("loss").of("a")).containsExactly(1.0);
        assertThat(runs.mean("loss").of("a")[0]).isCloseTo((1 + 0.2 + 1.0 / 7) / 3, within(1e-12));
    }
}
