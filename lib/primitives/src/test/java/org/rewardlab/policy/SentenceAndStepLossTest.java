package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.rewardlab.policy.LengthNormalizedPpo.Distance;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LossLaws;

/** Ratios of whole sentences and of an agent's steps. */
class SentenceAndStepLossTest {

    private static PolicyBatch sentences(Draws draw) {
        NDArray logps = draw.logps(5, 6);
        return PolicyBatch.ofSequences(
                        logps, draw.normal(0.3, new long[] {5, 6}).add(logps), draw.normal(5), draw.mask(5, 6))
                .withRefLogps(draw.logps(5, 6));
    }

    private static PolicyBatch steps(Draws draw) {
        NDArray logps = draw.logps(2, 6);
        NDArray turns = Tensors.create(draw.manager(), new long[] {-1, 0, 0, 2, -1, 2, 1, 1, -1, -1, 1, 0}, 2, 6);
        return PolicyBatch.ofTurns(logps, draw.normal(0.2, new long[] {2, 6}).add(logps), draw.normal(2, 3), turns);
    }

    @Test
    void gradientsMemoryAndPrecisionHold() {
        for (Distance distance : Distance.values()) {
            LossLaws.assertAll(new LengthNormalizedPpo(0.1, 0.4, distance), SentenceAndStepLossTest::sentences, 3);
            LossLaws.assertAll(new LengthNormalizedPpo(0.2, 0, distance), SentenceAndStepLossTest::sentences, 3);
        }
        LossLaws.assertAll(new StepPpo(0.1, 0.2), SentenceAndStepLossTest::steps, 3);
    }

    @Test
    void onPolicyTheGradientIsMinusTheAdvantageOverTheLength() {
        try (Draws draw = new Draws(3)) {
            NDArray logps = draw.logps(2, 3);
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1}, {1, 1, 0}});
            PolicyBatch batch = PolicyBatch.ofSequences(logps, logps, draw.vector(2, -3), mask);
            LossGradients result = new LengthNormalizedPpo(0.2, 0, Distance.SQUARED).lossAndGradients(batch);
            assertThat(result.output().value()).isCloseTo(0.5, within(1e-12));
            assertThat(Tensors.toDoubles(result.of("logps")))
                    .containsExactly(new double[] {-1 / 3., -1 / 3., -1 / 3., 0.75, 0.75, 0}, within(1e-12));
        }
    }

    @Test
    void sayingEveryTokenTwiceLeavesTheRatio() {
        try (Draws draw = new Draws(3)) {
            NDArray logps = draw.logps(3, 4);
            NDArray old = draw.logps(3, 4);
            NDArray advantages = draw.normal(3);
            NDArray mask = draw.mask(3, 4);
            LengthNormalizedPpo loss = new LengthNormalizedPpo(0.2, 0, Distance.K3);
            PolicyBatch twice = PolicyBatch.ofSequences(
                    logps.concat(logps, 1), old.concat(old, 1), advantages, mask.concat(mask, 1));
            assertClose(
                    "ratio",
                    loss.ratios(twice),
                    loss.ratios(PolicyBatch.ofSequences(logps, old, advantages, mask)),
                    1e-12);
        }
    }

    @Test
    void whereTheClipDecidesThereIsNoGradient() {
        try (Draws draw = new Draws(3)) {
            NDArray old = draw.matrix(new double[][] {{-2, -2}, {-2, -2}});
            NDArray logps = draw.matrix(new double[][] {{-1, -1}, {-3, -3}});
            NDArray ones = old.onesLike();
            PolicyBatch improved = PolicyBatch.ofSequences(logps, old, draw.vector(1, -1), ones);
            LengthNormalizedPpo loss = new LengthNormalizedPpo(0.2, 0, Distance.SQUARED);
            LossGradients held = loss.lossAndGradients(improved);
            assertThat(Tensors.toDoubles(held.of("logps"))).containsExactly(new double[4], within(0.0));
            assertThat(held.output().metrics().get("actor/pg_clipfrac")).isOne();
            PolicyBatch worse = PolicyBatch.ofSequences(logps, old, draw.vector(-1, 1), ones);
            assertThat(Tensors.toDoubles(loss.lossAndGradients(worse).of("logps")))
                    .doesNotContain(0);
        }
    }

    @Test
    void withoutCoefficientThePenaltyIsShownAndNotPaid() {
        try (Draws draw = new Draws(3)) {
            PolicyBatch batch = sentences(draw);
            var free = new LengthNormalizedPpo(0.2, 0, Distance.SQUARED).loss(batch);
            assertThat(free.metrics().get("kl_penalty")).isPositive();
            assertThat(free.value()).isEqualTo(free.metrics().get("policy_loss"));
            var paid = new LengthNormalizedPpo(0.2, 2, Distance.SQUARED).loss(batch);
            assertThat(paid.value()).isCloseTo(free.value() + 2 * free.metrics().get("kl_penalty"), within(1e-12));
        }
    }

    @Test
    void oneTokenAStepIsPpoAndOneStepARowIsRloo() {
        try (Draws draw = new Draws(3)) {
            NDArray logps = draw.logps(2, 3);
            NDArray old = draw.logps(2, 3);
            NDArray advantages = draw.normal(2, 3);
            NDArray each = Tensors.create(draw.manager(), new long[] {0, 1, 2, 2, 0, 1}, 2, 3);
            PolicyBatch tokens = PolicyBatch.ofTurns(logps, old, advantages, each);
            PolicyLoss ppo = new PpoClip(0.2, 0.2, null, Aggregation.tokenMean());
            LossGradients own = new StepPpo(0.2, 0.2).lossAndGradients(tokens);
            LossGradients theirs = ppo.lossAndGradients(tokens);
            assertThat(own.output().value()).isCloseTo(theirs.output().value(), within(1e-12));
            assertClose("gradient", own.of("logps"), theirs.of("logps"), 1e-12);
            NDArray one = Tensors.create(draw.manager(), new long[] {0, 0, 0, 0, 0, 0}, 2, 3);
            PolicyBatch whole = PolicyBatch.ofTurns(logps, old, draw.normal(2, 1), one);
            assertClose(
                    "one step",
                    new StepPpo(0.2, 0.3).lossAndGradients(whole).of("logps"),
                    new RlooLoss(0.2, 0.3).lossAndGradients(whole).of("logps"),
                    1e-12);
        }
    }

    @Test
    void tokensOfNoStepMayHoldAnything() {
        try (Draws draw = new Draws(3)) {
            PolicyBatch batch = steps(draw);
            PolicyBatch broken = new PolicyBatch(
                            draw.replacedOutside(batch.logps(), batch.mask(), Double.NaN),
                            draw.replacedOutside(batch.oldLogps(), batch.mask(), Double.NaN),
                            draw.replacedOutside(batch.advantages(), batch.mask(), Double.NaN),
                            batch.mask())
                    .withTurns(batch.turns());
            StepPpo loss = new StepPpo(0.2, 0.2);
            PolicyLoss taped = loss::loss;
            NDArray plain = loss.lossAndGradients(batch).of("logps");
            assertClose("closed", loss.lossAndGradients(broken).of("logps"), plain, 1e-12);
            assertClose("taped", taped.lossAndGradients(broken).of("logps"), plain, 1e-12);
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(3)) {
            PolicyBatch batch = sentences(draw);
            LengthNormalizedPpo sentence = new LengthNormalizedPpo();
            assertRejects("clip", () -> new LengthNormalizedPpo(0, 0, Distance.K3));
            assertRejects("klCoefficient", () -> new LengthNormalizedPpo(0.2, -1, Distance.K3));
            assertRejects("refLogps", () -> sentence.loss(batch.withRefLogps(null)));
            assertRejects("isWeights", () -> sentence.loss(batch.withIsWeights(batch.mask())));
            NDArray none = batch.mask().zerosLike();
            assertRejects(
                    "mask",
                    () -> sentence.loss(new PolicyBatch(batch.logps(), batch.oldLogps(), batch.advantages(), none)
                            .withRefLogps(batch.refLogps())));
            StepPpo step = new StepPpo(0.2, 0.2);
            assertRejects("clipLow", () -> new StepPpo(0, 0.2));
            assertRejects("turns", () -> step.loss(batch));
            PolicyBatch some = steps(draw);
            NDArray outside6 = Tensors.create(draw.manager(), new long[] {0, 0, 2, -1, 0, 0, 0, 0, 0, 0, 0, 0}, 2, 6);
            assertRejects("isWeights", () -> step.loss(some.withIsWeights(some.mask())));
            NDArray outside = Tensors.create(draw.manager(), new long[] {-1, -1, -1, -1}, 2, 2);
            assertRejects(
                    "turns",
                    () -> step.loss(
                            PolicyBatch.ofTurns(draw.logps(2, 2), draw.logps(2, 2), draw.normal(2, 1), outside)));
            assertRejects(
                    "turns", () -> PolicyBatch.ofTurns(some.logps(), some.oldLogps(), draw.normal(2, 2), outside6));
        }
    }
}
