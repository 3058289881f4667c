package org.rewardlab.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.select.ValueAugmentedSampling.NextToken;
import org.rewardlab.select.ValueAugmentedSampling.Outside;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** Logits raised by values: what the formula says must hold, and what is turned away. */
class ValueAugmentedSamplingTest {

    private static ValueAugmentedSampling keeping(int topK, Double... betas) {
        return new ValueAugmentedSampling(List.of(betas), topK, Outside.KEEP);
    }

    @Test
    void strengthZeroLeavesTheModelAlone() {
        try (Draws draws = new Draws(1)) {
            NDArray logits = draws.normal(3, 7);
            NextToken next = keeping(4, 0.0).augment(logits, draws.normal(1, 3, 7));
            assertThat(Tensors.toDoubles(next.logits())).isEqualTo(Tensors.toDoubles(logits));
        }
    }

    @Test
    void aConstantAddedToTheValuesOfOneRewardChangesNothing() {
        try (Draws draws = new Draws(2)) {
            NDArray logits = draws.normal(3, 7);
            NDArray values = draws.normal(2, 3, 7);
            double[] moved = Tensors.toDoubles(values);
            for (int i = 0; i < 21; i++) {
                moved[i] += 5;
            }
            ValueAugmentedSampling sampling = keeping(4, 2.0, -1.5);
            LossLaws.assertClose(
                    "shifted",
                    sampling.augment(logits, draws.of(moved, 2, 3, 7)).logits(),
                    sampling.augment(logits, values).logits(),
                    1e-12);
        }
    }

    @Test
    void allTokensTogetherMakeTheTiltedPolicy() {
        try (Draws draws = new Draws(3)) {
            NDArray logits = draws.normal(2, 5);
            NDArray values = draws.normal(2, 2, 5);
            double[] l = Tensors.toDoubles(logits);
            double[] v = Tensors.toDoubles(values);
            double[] p = Tensors.toDoubles(
                    keeping(50, 3.0, -0.5).augment(logits, values).probabilities());
            for (int b = 0; b < 2; b++) {
                double total = 0;
                for (int i = b * 5; i < b * 5 + 5; i++) {
                    total += Math.exp(l[i] + 3 * v[i] - 0.5 * v[10 + i]);
                }
                for (int i = b * 5; i < b * 5 + 5; i++) {
                    assertThat(p[i]).isCloseTo(Math.exp(l[i] + 3 * v[i] - 0.5 * v[10 + i]) / total, within(1e-12));
                }
            }
        }
    }

    @Test
    void gainsOfARowAddUpToNothing() {
        try (Draws draws = new Draws(4)) {
            NDArray logits = draws.normal(4, 9);
            double[] before = Tensors.toDoubles(logits);
            double[] after = Tensors.toDoubles(
                    keeping(3, 2.0, 1.0).augment(logits, draws.normal(2, 4, 9)).logits());
            for (int b = 0; b < 4; b++) {
                double sum = 0;
                int changed = 0;
                for (int i = b * 9; i < b * 9 + 9; i++) {
                    sum += after[i] - before[i];
                    changed += after[i] == before[i] ? 0 : 1;
                }
                assertThat(sum).isCloseTo(0, within(1e-12));
                assertThat(changed).isEqualTo(3);
            }
        }
    }

    @Test
    void ofEqualLogitsTheLowerIndexIsLookedAtAndOthersAreMaskedOut() {
        try (Draws draws = new Draws(5)) {
            NDArray logits = draws.matrix(new double[][] {{1, 2, 1, 1}});
            NDArray values = draws.of(new double[] {1, 3, Double.NaN, Double.NaN}, 1, 1, 4);
            NextToken next = new ValueAugmentedSampling(List.of(2.0), 2, Outside.MASK).augment(logits, values);
            assertThat(Tensors.toDoubles(next.logits())).containsExactly(-1, 4, -1e9, -1e9);
            assertThat(Tensors.toDoubles(next.probabilities())[2]).isZero();
            NextToken one = new ValueAugmentedSampling(List.of(2.0), 1, Outside.MASK).augment(logits, values);
            assertThat(Tensors.toDoubles(one.probabilities())).containsExactly(0, 1, 0, 0);
        }
    }

    @Test
    void precisionAndMemoryHold() {
        try (Draws draws = new Draws(6, DataType.FLOAT32)) {
            NDArray logits = draws.normal(2, 6);
            NDArray values = draws.normal(1, 2, 6);
            ValueAugmentedSampling sampling = new ValueAugmentedSampling(3);
            assertThat(sampling.augment(logits, values).logits().getDataType()).isEqualTo(DataType.FLOAT32);
            LiveArrays.assertNothingLeftBut(draws.manager(), () -> {
                NextToken next = sampling.augment(logits, values);
                return List.of(next.logits(), next.probabilities());
            });
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("topK", () -> keeping(0, 1.0));
        LossLaws.assertRejects("betas", () -> keeping(1));
        LossLaws.assertRejects("betas", () -> keeping(1, Double.NaN));
        LossLaws.assertRejects("outside", () -> Outside.of("drop"));
        try (Draws draws = new Draws(7)) {
            NDArray logits = draws.normal(1, 3);
            NDArray values = draws.normal(1, 1, 3);
            NDArray broken = draws.matrix(new double[][] {{0, Double.NaN, 1}});
            LossLaws.assertRejects("values", () -> keeping(2, 1.0, 2.0).augment(logits, values));
            LossLaws.assertRejects("values", () -> keeping(2, 1.0).augment(logits, draws.normal(1, 1, 4)));
            LossLaws.assertRejects("logits", () -> keeping(2, 1.0).augment(broken, values));
            LossLaws.assertRejects("values", () -> keeping(3, 1.0).augment(logits, broken.reshape(1, 1, 3)));
            LossLaws.assertRejects("logits", () -> keeping(2, 1.0).augment(values, values));
            NDArray none = draws.of(new double[0], 1, 0);
            LossLaws.assertRejects("logits", () -> keeping(2, 1.0).augment(none, draws.of(new double[0], 1, 1, 0)));
        }
    }
}
