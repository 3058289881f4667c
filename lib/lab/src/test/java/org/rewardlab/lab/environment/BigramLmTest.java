package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.LogProbs;
import org.rewardlab.tensor.Tensors;

/** A language model in a table. */
class BigramLmTest {

    private static RandomGenerator random() {
        return new Seeds(7).generator();
    }

    @Test
    void eachTokenIsScoredGivenTheOneBefore() {
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            BigramLm lm = BigramLm.drawn(manager, 4, 1, random());
            NDArray responses = Tensors.create(manager, new long[] {3, 1, 0, 2, 2, 1}, 2, 3);
            double[][] table = Tensors.toRows(lm.logits().logSoftmax(1));
            assertThat(Tensors.toDoubles(lm.logps(responses)))
                    .containsExactly(table[0][3], table[3][1], table[1][0], table[0][2], table[2][2], table[2][1]);
            assertThat(Tensors.toDoubles(BigramLm.read(lm.logits(), responses))[1])
                    .isEqualTo(Tensors.toRows(lm.logits())[3][1]);
        }
    }

    @Test
    void logitsAndLogProbabilitiesAgree() {
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            BigramLm lm = BigramLm.drawn(manager, 5, 1, random());
            NDArray responses = lm.sample(7, 4, random());
            double[] direct = Tensors.toDoubles(lm.logps(responses));
            double[] gathered = Tensors.toDoubles(LogProbs.fromLogits(lm.logits(responses), responses));
            for (int i = 0; i < direct.length; i++) {
                assertThat(direct[i]).isCloseTo(gathered[i], within(1e-12));
            }
        }
    }

    @Test
    void samplesComeAsOftenAsTheTableSays() {
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            BigramLm lm = BigramLm.drawn(manager, 3, 1, random());
            NDArray responses = lm.sample(20_000, 2, random());
            double[] p = Tensors.toRows(lm.logits().softmax(1))[0];
            double[] share = new double[3];
            for (double[] row : Tensors.toRows(responses)) {
                share[(int) row[0]] += 1 / 20_000.0;
            }
            for (int v = 0; v < 3; v++) {
                assertThat(share[v]).isCloseTo(p[v], within(0.02));
            }
            assertThat(responses.getDataType()).isEqualTo(DataType.INT64);
            assertThat(lm.sample(5, 3, random()).toLongArray())
                    .isEqualTo(lm.sample(5, 3, random()).toLongArray());
        }
    }

    @Test
    void gradientsReachTheTable() {
        try (NDManager manager = NDManager.newBaseManager()) {
            BigramLm lm = BigramLm.drawn(manager, 3, 1, random());
            NDArray responses = Tensors.create(manager, new long[] {2, 1}, 1, 2);
            NDArray gradient = Gradients.at(
                    leaf -> new BigramLm(leaf.get(0)).logps(responses).sum(), java.util.List.of(lm.logits()))[0];
            double[][] rows = Tensors.toRows(gradient);
            double p = Tensors.toRows(lm.logits().softmax(1))[2][1];
            assertThat(rows[2][1]).isCloseTo(1 - p, within(1e-12));
            assertThat(rows[1]).containsOnly(0);
        }
    }

    @Test
    void aTableThatIsNotSquareIsRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray wide = Tensors.create(manager, new double[6], DataType.FLOAT64, 2, 3);
            assertThatThrownBy(() -> new BigramLm(wide))
                    .hasMessage("logits: expected a square table (V,V), got shape (2, 3)");
        }
    }
}
