package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LossLaws;

/** What is added to a policy loss: a KL penalty, an entropy bonus. */
class RegularizedPolicyTest {

    private static final PolicyLoss PPO = new PpoClip(0.2, 0.2);

    private static PolicyBatch batch(Draws draw) {
        NDArray logps = draw.logps(3, 5);
        return new PolicyBatch(
                        logps, logps.add(draw.normal(0.1, new long[] {3, 5})), draw.normal(3, 5), draw.raggedMask(3, 5))
                .withRefLogps(draw.logps(3, 5))
                .withEntropies(draw.uniform(0, 3, new long[] {3, 5}));
    }

    private static NDArray present(@org.jspecify.annotations.Nullable NDArray array) {
        return java.util.Objects.requireNonNull(array);
    }

    @Test
    void thePenaltyIsTheAggregateOfTheEstimates() {
        try (Draws draw = new Draws(3)) {
            PolicyBatch batch = batch(draw);
            Aggregation rows = Aggregation.sequenceMeanTokenMean();
            LossOutput output = PPO.plusKl(0.3, KlEstimator.k3(), rows).loss(batch);
            NDArray kl = KlEstimator.k3().estimate(batch.logps(), present(batch.refLogps()));
            double penalty = Tensors.toDoubles(rows.aggregate(kl, batch.mask()))[0];

            assertThat(output.value()).isCloseTo(PPO.loss(batch).value() + 0.3 * penalty, within(1e-12));
            assertThat(output.metrics().get("actor/kl_loss")).isCloseTo(penalty, within(1e-12));
            assertThat(output.metrics().names())
                    .containsAll(PPO.loss(batch).metrics().names());
        }
    }

    @Test
    void theBonusIsTheMeanEntropyAndFlowsToTheEntropies() {
        try (Draws draw = new Draws(4)) {
            PolicyBatch batch = batch(draw);
            LossGradients result = PPO.plusEntropy(0.1).lossAndGradients(batch);
            NDArray entropies = present(batch.entropies());
            double mean = Tensors.toDoubles(Masked.mean(entropies, batch.mask(), 0))[0];
            NDArray taped = Gradients.at(
                    arrays -> PPO.plusEntropy(0.1)
                            .loss(batch.withEntropies(arrays.get(0)))
                            .loss(),
                    List.of(entropies))[0];

            assertThat(result.output().value()).isCloseTo(PPO.loss(batch).value() - 0.1 * mean, within(1e-12));
            assertThat(result.output().metrics().get("actor/entropy")).isCloseTo(mean, within(1e-12));
            LossLaws.assertClose("entropies", result.of("entropies"), taped, 1e-12);
            LossLaws.assertClose(
                    "logps", result.of("logps"), PPO.lossAndGradients(batch).of("logps"), 1e-12);
        }
    }

    @Test
    void twoBonusesAreTheirSum() {
        try (Draws draw = new Draws(5)) {
            PolicyBatch batch = batch(draw);
            LossGradients twice = PPO.plusEntropy(0.1).plusEntropy(0.2).lossAndGradients(batch);
            LossGradients once = PPO.plusEntropy(0.3).lossAndGradients(batch);

            assertThat(twice.output().value()).isCloseTo(once.output().value(), within(1e-12));
            LossLaws.assertClose("entropies", twice.of("entropies"), once.of("entropies"), 1e-12);
        }
    }

    @Test
    void gradientsAgreeWithDifferencesAndNothingIsLeft() {
        for (PolicyLoss loss : List.of(
                PPO.plusKl(0.3, KlEstimator.k2(), Aggregation.tokenMean()),
                PPO.plusEntropy(0.1),
                new Reinforce().plusKl(0.3).plusEntropy(0.1))) {
            try (Draws draw = new Draws(6)) {
                PolicyBatch batch = batch(draw);
                FiniteDifferences.assertAgree(loss, batch);
                LossLaws.assertNothingLeft(draw.manager(), loss, batch);
            }
            LossLaws.assertSameInFloat32(loss, RegularizedPolicyTest::batch, 7);
        }
    }

    @Test
    void whatStandsOutsideTheMaskDoesNotMatterNotEvenNaN() {
        try (Draws draw = new Draws(8)) {
            PolicyLoss loss = new Reinforce().plusKl(0.3).plusEntropy(0.1);
            NDArray full = draw.logps(2, 3);
            NDArray other = draw.logps(2, 3);
            NDArray mask = draw.matrix(new double[][] {{1, 1, 0}, {1, 0, 0}});
            NDArray hidden = draw.matrix(new double[][] {{0, 0, Double.NaN}, {0, Double.NaN, Double.NaN}});
            PolicyBatch clean =
                    new PolicyBatch(full, full, other, mask).withRefLogps(other).withEntropies(other);
            PolicyBatch dirty = new PolicyBatch(full.add(hidden), full.add(hidden), other, mask)
                    .withRefLogps(other.add(hidden))
                    .withEntropies(other.add(hidden));
            LossGradients expected = loss.lossAndGradients(clean);
            LossGradients actual = loss.lossAndGradients(dirty);

            assertThat(actual.output().value()).isEqualTo(expected.output().value());
            for (String name : List.of("logps", "entropies")) {
                LossLaws.assertClose(name, actual.of(name), expected.of(name), 0);
            }
        }
    }

    @Test
    void mistakesAreNamed() {
        try (Draws draw = new Draws(9)) {
            PolicyBatch batch = batch(draw);
            LossLaws.assertRejects("coefficient", () -> PPO.plusKl(-0.1));
            LossLaws.assertRejects("coefficient", () -> PPO.plusEntropy(Double.NaN));
            LossLaws.assertRejects("refLogps", () -> PPO.plusKl(0.1).loss(batch.withRefLogps(null)));
            LossLaws.assertRejects("entropies", () -> PPO.plusEntropy(0.1).loss(batch.withEntropies(null)));
            LossLaws.assertRejects("entropies", () -> PPO.plusEntropy(0.1).lossAndGradients(batch.withEntropies(null)));
        }
    }
}
