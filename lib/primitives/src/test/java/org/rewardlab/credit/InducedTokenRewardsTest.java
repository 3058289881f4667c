package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.LogProbs;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** The token rewards that a trained model implies. */
class InducedTokenRewardsTest {

    @Test
    void theRewardOfTheTokenTakenIsThatOfTheVocabulary() {
        try (Draws draws = new Draws(1)) {
            NDArray logits = draws.normal(2, 3, 5);
            NDArray reference = draws.normal(2, 3, 5);
            NDArray ids = draws.ids(5, 2, 3);
            NDArray mask = draws.matrix(new double[][] {{1, 1, 1}, {1, 1, 1}});
            NDArray taken = InducedTokenRewards.of(
                    LogProbs.fromLogits(logits, ids), LogProbs.fromLogits(reference, ids), mask, 0.3);
            double[] every = Tensors.toDoubles(InducedTokenRewards.ofVocabulary(logits, reference, 0.3));
            double[] index = Tensors.toDoubles(ids);
            double[] expected = new double[6];
            for (int i = 0; i < 6; i++) {
                expected[i] = every[5 * i + (int) index[i]];
            }
            LossLaws.assertClose("rewards", Tensors.toDoubles(taken), expected, 1e-12);
        }
    }

    @Test
    void aModelThatIsItsReferenceUpToAConstantEarnsNothing() {
        try (Draws draws = new Draws(2)) {
            NDArray logits = draws.normal(1, 2, 4);
            double[] shifted = Tensors.toDoubles(logits);
            for (int i = 0; i < shifted.length; i++) {
                shifted[i] += 1;
            }
            LossLaws.assertClose(
                    "rewards",
                    Tensors.toDoubles(InducedTokenRewards.ofVocabulary(logits, draws.of(shifted, 1, 2, 4), 0.1)),
                    new double[8],
                    1e-12);
            double ruledOut = Double.NEGATIVE_INFINITY;
            NDArray bound = draws.of(new double[] {0, ruledOut}, 1, 1, 2);
            assertThat(Tensors.toDoubles(InducedTokenRewards.ofVocabulary(bound, bound, 0.1)))
                    .containsExactly(0, 0);
        }
    }

    @Test
    void paddingIsNotReadAndNothingIsLeftOver() {
        try (Draws draws = new Draws(3)) {
            NDArray mask = draws.mask(3, 4);
            NDArray logps = draws.logps(3, 4);
            NDArray broken = draws.replacedOutside(logps, mask, Double.NaN);
            assertThat(Tensors.toDoubles(InducedTokenRewards.of(broken, broken, mask, 0.1)))
                    .containsOnly(0);
            LiveArrays.assertNothingLeftBut(
                    draws.manager(), () -> List.of(InducedTokenRewards.of(logps, logps, mask, 0.1)));
        }
    }

    @Test
    void mistakesAreNamed() {
        try (Draws draws = new Draws(4)) {
            NDArray logps = draws.logps(2, 3);
            NDArray mask = draws.mask(2, 3);
            LossLaws.assertRejects("beta", () -> InducedTokenRewards.of(logps, logps, mask, 0));
            LossLaws.assertRejects("refLogps", () -> InducedTokenRewards.of(logps, draws.logps(2, 2), mask, 1));
            LossLaws.assertRejects("mask", () -> InducedTokenRewards.of(logps, logps, logps, 1));
            NDArray broken = draws.matrix(new double[][] {{Double.NaN, 0, 0}, {0, 0, 0}});
            LossLaws.assertRejects("logps", () -> InducedTokenRewards.of(broken, logps, mask, 1));
            NDArray logits = draws.normal(1, 2, 3);
            LossLaws.assertRejects(
                    "refLogits", () -> InducedTokenRewards.ofVocabulary(logits, draws.normal(1, 2, 4), 1));
            LossLaws.assertRejects("logits", () -> InducedTokenRewards.ofVocabulary(logps, logps, 1));
            LossLaws.assertRejects("beta", () -> InducedTokenRewards.ofVocabulary(logits, logits, -1));
        }
    }
}
