package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompositeWorldTest {

    @Test
    void componentsFillTheUnitIntervalAndCorrelate() {
        CompositeWorld world = new CompositeWorld(2000, 0.6, new Random(1));
        double[][] columns = new double[2][2000];
        for (int a = 0; a < 2000; a++) {
            columns[0][a] = world.rewards(a).get(0);
            columns[1][a] = world.rewards(a).get(1);
        }
        for (double[] column : columns) {
            assertThat(Arrays.stream(column).min().orElseThrow()).isZero();
            assertThat(Arrays.stream(column).max().orElseThrow()).isEqualTo(1);
        }
        assertThat(correlation(columns[0], columns[1])).isCloseTo(0.6, within(0.06));
    }

    private static double correlation(double[] x, double[] y) {
        double mx = Arrays.stream(x).average().orElseThrow();
        double my = Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }
        return xy / Math.sqrt(xx * yy);
    }

    @Test
    void goldIsBestAtTheProxyPointsAndFallsBeyond() {
        assertThat(CompositeWorld.gold(CompositeWorld.PROXY_POINTS)).isEqualTo(1);
        assertThat(CompositeWorld.gold(List.of(1.0, 1.0))).isCloseTo(1 - 4 * (0.35 * 0.35 + 0.4 * 0.4), within(1e-12));
        assertThat(CompositeWorld.gold(List.of(0.65, 0.1))).isCloseTo(0, within(1e-12));
    }

    @Test
    void expectationsWeighResponses() {
        CompositeWorld world = new CompositeWorld(3, 0, new Random(2));
        assertThat(world.responses()).isEqualTo(3);
        assertThat(world.expected(0, 1, 0)).isEqualTo(world.rewards(1));
        assertThat(world.expected(0.5, 0.5, 0).get(1))
                .isCloseTo((world.rewards(0).get(1) + world.rewards(1).get(1)) / 2, within(1e-12));
    }

    @Test
    void badWorldsAreRejected() {
        assertThatThrownBy(() -> new CompositeWorld(1, 0, new Random(3))).hasMessageStartingWith("responses: ");
        assertThatThrownBy(() -> new CompositeWorld(9, 1.1, new Random(3))).hasMessageStartingWith("correlation: ");
        assertThatThrownBy(() -> new CompositeWorld(9, 0, new Random(3)).expected(1, 0))
                .hasMessageStartingWith("probabilities: ");
    }
}
