package org.rewardlab.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A test with an evaluator, its cells and what they show. */
abstract class WithEvaluator {

    final Evaluator evaluator;
    RecordedOutput output = new RecordedOutput();
    private int count;

    WithEvaluator(String... startup) {
        evaluator = Evaluator.builder().startup(List.of(startup)).build();
    }

    /** Runs the next cell. */
    Outcome run(String source) {
        output = new RecordedOutput();
        return evaluator.evaluate(source, ++count, output);
    }

    /** The value that a cell shows. */
    @Nullable
    Object value(String source) {
        Outcome outcome = run(source);
        assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Value.class);
        return ((Outcome.Value) outcome).value();
    }

    /** What is said of a cell that fails. */
    ErrorReport failure(String source) {
        Outcome outcome = run(source);
        assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).report();
    }

    /** Runs a cell that shows nothing and does not fail. */
    void done(String source) {
        assertThat(run(source)).isEqualTo(new Outcome.Done());
    }

    /** The report without its colours. */
    static String plain(ErrorReport report) {
        return String.join("\n", report.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
