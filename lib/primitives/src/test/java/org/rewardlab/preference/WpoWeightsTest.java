package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** Weights of pairs by how likely the policy was to say what they say. */
class WpoWeightsTest {

    private static double[] slow(double[] logits, double[][] labels, double[][] mask, int vocabulary) {
        int rows = mask.length;
        int tokens = mask[0].length;
        double[] response = new double[rows];
        for (int b = 0; b < rows; b++) {
            double sum = 0;
            double counted = 0;
            for (int t = 0; t < tokens; t++) {
                if (mask[b][t] == 0) {
                    continue;
                }
                double total = 0;
                double squares = 0;
                for (int v = 0; v < vocabulary; v++) {
                    total += Math.exp(logits[(b * tokens + t) * vocabulary + v]);
                }
                for (int v = 0; v < vocabulary; v++) {
                    double p = Math.exp(logits[(b * tokens + t) * vocabulary + v]) / total;
                    squares += p * p;
                }
                double p = Math.exp(logits[(b * tokens + t) * vocabulary + (int) labels[b][t]]) / total;
                sum += Math.log(p) - Math.log(squares);
                counted++;
            }
            response[b] = Math.exp(sum / Math.max(1, counted));
        }
        double[] pairs = new double[rows / 2];
        for (int b = 0; b < pairs.length; b++) {
            pairs[b] = response[b] * response[b + pairs.length];
        }
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6})
    void weightsFollowThePaperWhateverStandsOutsideTheMask(int rows) {
        try (Draws draws = new Draws(rows)) {
            NDArray logits = draws.normal(rows, 3, 5);
            NDArray mask = draws.raggedMask(rows, 3);
            NDArray ids = draws.ids(5, rows, 3);
            NDArray labels = draws.replacedOutside(ids, mask, -100);
            double[] expected = slow(Tensors.toDoubles(logits), Tensors.toRows(ids), Tensors.toRows(mask), 5);
            LossLaws.assertClose("weights", Tensors.toDoubles(WpoWeights.of(logits, labels, mask)), expected, 1e-12);
            double[] broken = Tensors.toDoubles(logits);
            double[] counted = Tensors.toDoubles(mask);
            for (int i = 0; i < broken.length; i++) {
                broken[i] = counted[i / 5] == 0 ? Double.NaN : broken[i];
            }
            NDArray padded = draws.of(broken, rows, 3, 5);
            LossLaws.assertClose("weights", Tensors.toDoubles(WpoWeights.of(padded, labels, mask)), expected, 1e-12);
            LiveArrays.assertOneLeft(draws.manager(), () -> WpoWeights.of(logits, labels, mask));
        }
    }

    @Test
    void equalLogitsOfAnySizeGiveWeightOneAndNoGradient() {
        for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
            try (Draws draws = new Draws(1, type)) {
                double[] same = new double[2 * 3 * 4];
                java.util.Arrays.fill(same, 3000);
                NDArray logits = draws.of(same, 2, 3, 4);
                NDArray labels = draws.ids(4, 2, 3);
                NDArray mask = draws.mask(2, 3);
                NDArray leaf = Gradients.leaf(logits);
                NDArray weights = Gradients.record(() -> WpoWeights.of(leaf, labels, mask));
                LossLaws.assertClose("weights", Tensors.toDoubles(weights), new double[] {1}, 1e-5);
                assertThat(weights.hasGradient()).isFalse();
            }
        }
    }

    @Test
    void mistakesAreNamed() {
        try (Draws draws = new Draws(1)) {
            NDArray logits = draws.normal(2, 3, 4);
            NDArray labels = draws.ids(4, 2, 3);
            NDArray mask = draws.matrix(new double[][] {{1, 1, 1}, {1, 1, 1}});
            LossLaws.assertRejects(
                    "logits", () -> WpoWeights.of(draws.normal(3, 3, 4), draws.ids(4, 3, 3), draws.mask(3, 3)));
            LossLaws.assertRejects("labels", () -> WpoWeights.of(logits, draws.ids(4, 2, 2), mask));
            LossLaws.assertRejects("mask", () -> WpoWeights.of(logits, labels, draws.mask(2, 2)));
            NDArray outside = draws.integers(0, 1, 2, 3, 4, 0).reshape(2, 3);
            LossLaws.assertRejects("labels", () -> WpoWeights.of(logits, outside, mask));
            double[] broken = Tensors.toDoubles(logits);
            broken[5] = Double.NaN;
            LossLaws.assertRejects("logits", () -> WpoWeights.of(draws.of(broken, 2, 3, 4), labels, mask));
        }
    }
}
