package org.rewardlab.workbench.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rewardlab.workbench.TestNotebook;

class BenchMagicTest {

    @Test
    void timesAnExpressionStatementsAndStatementsWithAValue() {
        try (TestNotebook notebook = new TestNotebook()) {
            notebook.run("int[] calls = new int[3]; ");
            notebook.run("%%bench\ncalls[0]++");
            notebook.run("%%bench\nint before = calls[1];\ncalls[1] = before + 1;");
            notebook.run(
                    "%%bench\nint sum = 0;\nfor (int i = 0; i < 9; i++) {\n    sum += i;\n}\ncalls[2] += sum / 36");
            int[] calls = (int[]) notebook.value("calls");
            assertThat(calls).doesNotContain(0);
            assertThat(notebook.tryToRun("%%bench\nnoSuchThing()").errors()).contains("noSuchThing");
        }
    }

    @Test
    void meanLiesWithinItsIntervalAndAboveTheFastest() {
        AtomicInteger runs = new AtomicInteger();
        Timing timing = Timing.of(runs::incrementAndGet, 20_000_000L, 100_000_000L);
        assertThat(timing.mean().estimate())
                .isBetween(timing.mean().low(), timing.mean().high());
        assertThat(timing.mean().estimate()).isGreaterThanOrEqualTo(timing.fastest());
        assertThat((long) runs.get()).isGreaterThanOrEqualTo(timing.samples() * timing.runs());
    }

    @Test
    void aFailureOfTheBodyIsThrownAsItIs() {
        assertThatThrownBy(() -> Timing.of(
                        () -> {
                            throw new IllegalStateException("here");
                        },
                        1,
                        1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("here");
    }

    @Test
    void jarsInTwoVersionsAreFound() {
        Doctor.Finding finding = Doctor.conflicts(String.join(
                java.io.File.pathSeparator,
                "lib/api-0.35.1.jar",
                "lib/api-0.36.0.jar",
                "lib/gson-2.13.1.jar",
                "classes"));
        assertThat(finding.well()).isFalse();
        assertThat(finding.found()).isEqualTo("api 0.35.1 and 0.36.0");
    }
}
