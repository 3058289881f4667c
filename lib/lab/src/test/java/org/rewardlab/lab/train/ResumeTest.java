package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.lab.model.CausalLm;

class ResumeTest {

    @TempDir
    private Path folder;

    @Test
    void aRunKilledAtAnyMomentEndsBitForBitWhereItWouldHave() throws Exception {
        kill(3, 17);
    }

    @Test
    @Tag("full")
    void soDoesOneKilledTwentyTimes() throws Exception {
        kill(20, 18);
    }

    private void kill(int times, long seed) throws Exception {
        long start = System.nanoTime();
        byte[] expected = complete(Files.createDirectory(folder.resolve("whole")));
        long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        SplittableRandom random = new SplittableRandom(seed);
        int killed = 0;
        int runs = 0;
        Path current = Files.createDirectory(folder.resolve("run-0"));
        while (killed < times) {
            Process child = ChildJvm.start(KilledRun.class, current.toString());
            boolean ended = child.waitFor(random.nextLong(whole / 4, whole), TimeUnit.MILLISECONDS);
            if (ended) {
                assertThat(child.exitValue()).isZero();
                assertThat(Files.readAllBytes(current.resolve("end.safetensors")))
                        .isEqualTo(expected);
                current = Files.createDirectory(folder.resolve("run-" + ++runs));
            } else {
                child.destroyForcibly().waitFor(); // SIGKILL
                killed++;
            }
        }
        assertThat(complete(current)).isEqualTo(expected);
    }

    private static byte[] complete(Path run) throws IOException, InterruptedException {
        assertThat(ChildJvm.start(KilledRun.class, run.toString()).waitFor()).isZero();
        return Files.readAllBytes(run.resolve("end.safetensors"));
    }

    @Test
    void anInterruptedRunGoesOnFromWhereItWasLeft() {
        double[] whole;
        try (CausalLm model = LettersFixture.model(1)) {
            sft(model).run();
            whole = LettersFixture.numbers(model.parameters());
        }
        try (CausalLm model = LettersFixture.model(1)) {
            Sft training = sft(model).checkpoints(folder.resolve("sft"), 100);
            training.listener(interruptAt(7)).run();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(LettersFixture.numbers(model.parameters())).isNotEqualTo(whole);
            List<Integer> steps = new ArrayList<>();
            training.listener(new TrainingListener() {
                        @Override
                        public void stepped(TrainingStep step) {
                            steps.add(step.number());
                        }
                    })
                    .run();
            assertThat(steps).startsWith(8);
            assertThat(LettersFixture.numbers(model.parameters())).containsExactly(whole);
        }
    }

    private static TrainingListener interruptAt(int number) {
        return new TrainingListener() {
            @Override
            public void stepped(TrainingStep step) {
                if (step.number() == number) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private static Sft sft(CausalLm model) {
        return Sft.of(model, LettersFixture.LETTERS)
                .on(LettersFixture.examples(40))
                .batchSize(8)
                .quiet();
    }

    @Test
    void twoCheckpointsAreKeptAndLeftoversOfAKillGo() throws IOException {
        Path place = folder.resolve("kept");
        Files.createDirectories(place.resolve("step-00000009.part"));
        Files.writeString(place.resolve("step-00000009.part").resolve("state.safetensors"), "half");
        try (CausalLm model = LettersFixture.model(1)) {
            sft(model).checkpoints(place, 4).run();
        }
        try (Stream<Path> files = Files.list(place)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("step-00000012", "step-00000015");
        }
    }

    @Test
    void checkpointsOfAnotherRunAreRefused() {
        try (CausalLm model = LettersFixture.model(1)) {
            Path place = folder.resolve("refused");
            sft(model).checkpoints(place, 4).run();
            assertThatThrownBy(() -> sft(model).seed(77).checkpoints(place, 4).run())
                    .hasMessageContainingAll("seed 77", "another folder");
            assertThatThrownBy(() -> sft(model)
                            .on(LettersFixture.examples(39))
                            .checkpoints(place, 4)
                            .run())
                    .hasMessageContaining("data");
            assertThatThrownBy(() -> sft(model).checkpoints(place, 0)).hasMessageContaining("every");
        }
    }
}
