package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** Moments of a stream against one pass over all of it. */
class RunningMomentsTest {

    @Test
    void splittingTheStreamChangesNothing() {
        try (Draws draws = new Draws(1)) {
            double[] all = draws.random().doubles(60, 1e6, 1e6 + 3).toArray();
            double mean = Arrays.stream(all).average().orElseThrow();
            double squares =
                    Arrays.stream(all).map(x -> (x - mean) * (x - mean)).sum();
            for (int batch : new int[] {1, 7, 20, 60}) {
                RunningMoments moments = RunningMoments.initial();
                for (int start = 0; start < 60; start += batch) {
                    moments = moments.next(Arrays.copyOfRange(all, start, Math.min(60, start + batch)));
                }
                assertThat(moments.mean()).isCloseTo(mean, within(1e-8));
                assertThat(moments.variance()).isCloseTo(squares / 60, within(1e-8));
                assertThat(moments.standardDeviation()).isCloseTo(Math.sqrt(squares / 59), within(1e-8));
                assertThat(moments.count()).isEqualTo(60);
            }
        }
    }

    @Test
    void oneNumberHasNoSpread() {
        RunningMoments one = RunningMoments.initial().next(3);
        assertThat(one.mean()).isEqualTo(3);
        assertThat(one.standardDeviation()).isNaN();
        assertThat(RunningMoments.initial().standardDeviation()).isNaN();
        assertThat(one.next(3).standardDeviation()).isCloseTo(0, within(1e-9));
    }

    @Test
    void aPastWeighsAsMuchAsItCounted() {
        assertThat(new RunningMoments(0.4, 1, 64).next(2, 2, 2, 2).mean())
                .isCloseTo((64 * 0.4 + 8) / 68, within(1e-12));
    }

    @Test
    void arraysAreReadAndLeftAlone() {
        try (Draws draws = new Draws(1)) {
            var batch = draws.vector(1, 2, 3);
            LiveArrays.assertNothingLeftBut(draws.manager(), () -> {
                assertThat(RunningMoments.initial().next(batch).mean()).isEqualTo(2);
                return java.util.List.of();
            });
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("batch", () -> RunningMoments.initial().next());
        LossLaws.assertRejects("batch", () -> RunningMoments.initial().next(1, Double.NaN));
        LossLaws.assertRejects("variance", () -> new RunningMoments(0, -1, 1));
        LossLaws.assertRejects("count", () -> new RunningMoments(0, 1, Double.NaN));
        try (Draws draws = new Draws(1)) {
            LossLaws.assertRejects("batch", () -> RunningMoments.initial().next(draws.normal(2, 2)));
        }
    }
}
