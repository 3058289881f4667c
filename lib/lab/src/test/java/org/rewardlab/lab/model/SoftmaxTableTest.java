package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxTableTest {

    @Test
    void probabilitiesAreASoftmaxOfTheRow() {
        SoftmaxTable table = new SoftmaxTable(new double[][] {{0, Math.log(3)}, {1000, -1000}});
        assertThat(table.probabilities(0)).containsExactly(new double[] {0.25, 0.75}, within(1e-12));
        assertThat(table.logp(0, 1)).isCloseTo(Math.log(0.75), within(1e-12));
        assertThat(table.logp(1, 1)).isEqualTo(-2000);
        assertThat(new SoftmaxTable(2, 4).probabilities(1)).containsOnly(0.25);
    }

    @Test
    void samplesComeAsOftenAsTheirProbability() {
        SoftmaxTable table = new SoftmaxTable(new double[][] {{0, Math.log(3)}});
        Random random = new Random(5);
        int second = 0;
        for (int i = 0; i < 10_000; i++) {
            second += table.sample(0, random);
        }
        assertThat(second / 10_000.0).isCloseTo(0.75, within(0.02));
    }

    @Test
    void theGatheredStepIsTheGradientOfTheLogProbability() {
        double[][] logits = {{0.3, -1, 0.5}, {0, 0, 0}};
        SoftmaxTable table = new SoftmaxTable(logits);
        table.reinforce(0, 2, 1.5);
        assertThat(table.probabilities(0)).isEqualTo(new SoftmaxTable(logits).probabilities(0));
        table.step(1);
        double[] at = new double[3];
        for (int a = 0; a < 3; a++) {
            double[][] moved = {logits[0].clone(), logits[1]};
            moved[0][a] += 1e-6;
            at[a] = logits[0][a]
                    + 1.5 * (new SoftmaxTable(moved).logp(0, 2) - new SoftmaxTable(logits).logp(0, 2)) / 1e-6;
        }
        assertThat(table.logp(0, 1) - table.logp(0, 0)).isCloseTo(at[1] - at[0], within(1e-5));
        assertThat(table.logp(0, 2) - table.logp(0, 0)).isCloseTo(at[2] - at[0], within(1e-5));
        assertThat(table.probabilities(0)[2]).isGreaterThan(new SoftmaxTable(logits).probabilities(0)[2]);
        double[] after = table.probabilities(0);
        table.step(1);
        assertThat(table.probabilities(0)).as("nothing is left to be gathered").isEqualTo(after);
        SoftmaxTable copy = table.copy();
        copy.reinforce(0, 0, 1);
        copy.step(1);
        assertThat(table.probabilities(0)).isEqualTo(after);
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        assertThatThrownBy(() -> new SoftmaxTable(0, 3)).hasMessageStartingWith("logits: ");
        assertThatThrownBy(() -> new SoftmaxTable(new double[][] {{1, 2}, {1}})).hasMessageStartingWith("logits: ");
        assertThatThrownBy(() -> new SoftmaxTable(new double[][] {{Double.NaN}}))
                .hasMessageStartingWith("logits: ");
    }
}
