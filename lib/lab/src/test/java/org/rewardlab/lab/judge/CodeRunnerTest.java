package org.rewardlab.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.data.RealData;
import org.rewardlab.lab.judge.CodeRunner.End;

class CodeRunnerTest {

    private final CodeRunner python = CodeRunner.python();

    @BeforeEach
    void pythonIsHere() {
        boolean found = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        Assumptions.assumeTrue(found, "needs python3");
    }

    @Test
    void tellsHowAProgramEnded() {
        assertThat(python.run("print('hello', 1 + 1)")).isEqualTo(new CodeRunner.Outcome(End.PASSED, "hello 2\n"));
        CodeRunner.Outcome failed = python.run("assert 1 == 2, 'no'");
        assertThat(failed.end()).isEqualTo(End.FAILED);
        assertThat(failed.output()).contains("AssertionError: no");
        assertThat(python.run("def f(:").output()).contains("SyntaxError");
        assertThat(python.run("import sys; sys.stdin.read(); print('no input')").passed())
                .isTrue();
    }

    @Test
    void endlessProgramsAndTheirChildrenAreStopped() throws InterruptedException {
        CodeRunner hasty = new CodeRunner(python.command(), ".py", Duration.ofMillis(1500), 512L << 20, 1000);
        long start = System.nanoTime();
        CodeRunner.Outcome outcome = hasty.run(
                "import subprocess\np = subprocess.Popen(['sleep', '61'])\nprint(p.pid, flush=True)\nwhile True: pass");
        assertThat(outcome.end()).isEqualTo(End.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        long child = Long.parseLong(outcome.output().strip());
        for (int i = 0; i < 50 && alive(child); i++) {
            Thread.sleep(100);
        }
        assertThat(alive(child)).isFalse();
    }

    private static boolean alive(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z");
        } catch (java.io.IOException gone) {
            return false;
        }
    }

    @Test
    void memoryAndOutputAreBounded() {
        CodeRunner.Outcome greedy = python.run("x = bytearray(4 << 30)\nprint(len(x))");
        assertThat(greedy.end()).isEqualTo(End.FAILED);
        assertThat(greedy.output()).contains("MemoryError");
        CodeRunner narrow = new CodeRunner(python.command(), ".py", Duration.ofSeconds(20), 512L << 20, 1000);
        CodeRunner.Outcome flood = narrow.run("while True: print('x' * 100)");
        assertThat(flood.end()).isEqualTo(End.FLOODED);
        assertThat(flood.output()).hasSize(1000);
    }

    @Test
    void nothingOfTheOuterProcessIsHandedOver() {
        assertThat(python.run("import os; print(sorted(os.environ), os.listdir('.'))")
                        .output())
                .doesNotContain("JAVA_HOME")
                .doesNotContain("REWARDLAB")
                .contains("['program.py']");
    }

    @Test
    void canonicalSolutionsOfHumanEvalPassAndEmptyOnesFail() {
        List<ObjectNode> rows = RealData.rows("human-eval", "HumanEval.jsonl.gz");
        int right = 0;
        int wrong = 0;
        for (ObjectNode row : rows.subList(0, 20)) {
            String check = "\n" + row.path("test").asText() + "\ncheck("
                    + row.path("entry_point").asText() + ")\n";
            right += python.run(row.path("prompt").asText()
                                    + row.path("canonical_solution").asText()
                                    + check)
                            .passed()
                    ? 1
                    : 0;
            wrong += python.run(row.path("prompt").asText() + "    return None\n" + check)
                            .passed()
                    ? 1
                    : 0;
        }
        assertThat(right).isEqualTo(20);
        assertThat(wrong).isZero();
    }

    @Test
    void badSettingsAreNamed() {
        assertThatThrownBy(() -> new CodeRunner(List.of(), ".py", Duration.ofSeconds(1), 1 << 20, 1))
                .hasMessageStartingWith("command: expected");
        assertThatThrownBy(() -> new CodeRunner(List.of("x"), "py", Duration.ofSeconds(1), 1 << 20, 1))
                .hasMessageStartingWith("suffix: expected");
        assertThatThrownBy(() -> new CodeRunner(List.of("x"), ".py", Duration.ofSeconds(1), 1, 1))
                .hasMessageStartingWith("memoryBytes: expected");
    }
}
