package org.rewardlab.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.kernel.output.StreamName;

class StoppingTest {

    private final Evaluator evaluator = Evaluator.builder()
            .startup(List.of("import java.util.*;", "import java.util.concurrent.*;", "import java.util.stream.*;"))
            .build();
    private final RecordedOutput output = new RecordedOutput();

    @BeforeEach
    void prepare() {
        evaluator.evaluate("""
                int kept = 42;
                void spin() { while (true) { } }
                class Spinner { int n; void spin() { for (;;) { n++; } } Spinner go() { spin(); return this; } }
                """, 1, output);
    }

    @AfterEach
    void close() {
        evaluator.close();
    }

    private Outcome.Failed interrupted(String source) throws Exception {
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> evaluator.evaluate(source, 2, output));
        while (!output.text(StreamName.STDOUT).contains("begun")) {
            Thread.sleep(5);
        }
        Thread.sleep(100);
        evaluator.interrupt();
        return (Outcome.Failed) outcome.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true);",
                "int i = 0; do { i++; } while (i >= 0 || i < 0);",
                "spin();",
                "new Spinner().go();",
                "Runnable r = () -> { while (true) { } }; r.run();",
                "while (true) { try { Thread.sleep(10); } catch (Exception e) { } }",
                "while (true) { try { spin(); } catch (Throwable t) { } }",
                "IntStream.range(0, 4).parallel().forEach(i -> { while (true) { } });",
                "Thread t = new Thread(() -> { while (true) { } }); t.start(); t.join();",
                "new Object() { int f(int n) { while (n != 7) { n += 2; } return n; } }.f(0);",
                "synchronized (Spinner.class) { Spinner.class.wait(); }",
            })
    void endlessLoopsStop(String loop) throws Exception {
        Outcome.Failed failed = interrupted("System.out.println(\"begun\");\n" + loop);

        assertThat(failed.report().ename()).isEqualTo("java.lang.InterruptedException");
        assertThat(evaluator.evaluate("kept", 3, output)).isEqualTo(new Outcome.Value(42));
        assertNothingSpins();
    }

    /** No thread may still run a cell's code. */
    private static void assertNothingSpins() throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            boolean spinning = Thread.getAllStackTraces().values().stream()
                    .anyMatch(frames ->
                            Arrays.stream(frames).anyMatch(f -> f.getClassName().startsWith("REPL.")));
            if (!spinning) {
                return;
            }
            Thread.sleep(10);
        }
        assertThat(false).as("a thread still runs code of the cell").isTrue();
    }

    @Test
    void anInterruptWhileIdleDoesNotReachTheNextCell() {
        evaluator.interrupt();
        assertThat(evaluator.evaluate("Thread.sleep(50); kept", 2, output)).isEqualTo(new Outcome.Value(42));
        assertThat(evaluator.evaluate("Thread.currentThread().isInterrupted()", 3, output))
                .isEqualTo(new Outcome.Value(false));
    }

    @Test
    void threadsOfTheNextCellLiveThoughTheLastOneWasJustStopped() throws Exception {
        interrupted("System.out.println(\"begun\");\nwhile (true);");
        String next = """
                var pool = Executors.newFixedThreadPool(2);
                var sum = pool.submit(() -> { int n = 0; for (int i = 0; i < 1000; i++) { n += i; } return n; });
                pool.shutdown();
                sum.get(5, TimeUnit.SECONDS) + IntStream.range(0, 1000).parallel().map(i -> { int n = 0; while (n < i) { n++; } return n; }).sum()
                """;
        assertThat(evaluator.evaluate(next, 3, output)).isEqualTo(new Outcome.Value(999_000));
    }

    @Test
    void aTimeLimitIsAnInterruptWithItsOwnMessage() {
        try (Evaluator limited =
                Evaluator.builder().timeout(Duration.ofMillis(600)).build()) {
            Outcome.Failed failed = (Outcome.Failed) limited.evaluate("while (true);", 1, output);
            assertThat(failed.report().ename()).isEqualTo("java.util.concurrent.TimeoutException");
            assertThat(limited.evaluate("1 + 1", 2, output)).isEqualTo(new Outcome.Value(2));
        }
    }

    @Test
    void aThreadThatDoesNotListenIsLeftBehindAtTheSecondInterrupt() throws Exception {
        String deaf = "System.out.println(\"begun\"); " + DeafWork.class.getName() + ".forSeconds(20);";
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> evaluator.evaluate(deaf, 2, output));
        while (!output.text(StreamName.STDOUT).contains("begun")) {
            Thread.sleep(5);
        }
        evaluator.interrupt();
        while (!output.text(StreamName.STDERR).contains("interrupt again")) {
            Thread.sleep(5);
        }
        assertThat(output.text(StreamName.STDERR)).contains("forSeconds");
        evaluator.interrupt();
        Outcome.Failed failed = (Outcome.Failed) outcome.get(10, TimeUnit.SECONDS);
        assertThat(failed.report().evalue()).contains("left behind");
        assertThat(evaluator.evaluate("kept", 3, output)).isEqualTo(new Outcome.Value(42));
        DeafWork.end();
    }
}
