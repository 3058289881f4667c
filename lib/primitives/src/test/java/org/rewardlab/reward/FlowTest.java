package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.reward.FlowUpdate.Criterion;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** Flow networks as judges of hidden states: their loss, their scores, what they go on learning from. */
class FlowTest {

    private static FlowVelocities flow(Draws draw, int rows) {
        NDArray mask = draw.raggedMask(rows + 1, 4);
        return new FlowVelocities(
                draw.normal(rows + 1, 4, 3),
                draw.normal(rows + 1, 4, 3),
                draw.uniform(0.01, 0.99, new long[] {rows + 1, 4}),
                draw.normal(rows + 1, 4, 3),
                mask);
    }

    private static FlowUpdateBatch update(Draws draw, int rows) {
        return new FlowUpdateBatch(
                draw.uniform(0, 2, new long[] {rows, 5}),
                draw.raggedMask(rows, 5),
                draw.flags(rows),
                draw.uniform(0, 1, new long[] {rows, 5}));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void gradientsMemoryAndPrecisionHold(int rows) {
        LossLaws.assertAll(new FlowMatching(), draw -> flow(draw, rows), 3);
        LossLaws.assertAll(new FlowUpdate(), draw -> update(draw, rows), 3);
        LossLaws.assertAll(new FlowUpdate(EnumSet.allOf(Criterion.class), 0.2, 0.3), draw -> update(draw, rows), 3);
    }

    @Test
    void theRightVelocityCostsNothing() {
        try (Draws draw = new Draws(1)) {
            FlowVelocities drawn = flow(draw, 2);
            NDArray right = FlowVelocities.targetVelocity(drawn.target(), drawn.noise());
            FlowVelocities perfect = drawn.withDifferentiable(List.of(right));
            assertThat(new FlowMatching().loss(perfect).value()).isZero();
            assertThat(Tensors.toDoubles(FlowMatching.errors(perfect))).containsOnly(0);
            NDArray score = new VelocityDeviation().score(drawn.target(), drawn.noise(), right.expandDims(0));
            assertThat(Tensors.toDoubles(score)).containsOnly(0);
            assertThat(Tensors.toDoubles(FlowVelocities.interpolated(
                            draw.of(new double[] {2, 4}, 1, 1, 2),
                            draw.of(new double[] {0, 8}, 1, 1, 2),
                            draw.of(new double[] {0.25}, 1, 1))))
                    .containsExactly(0.5, 7);
        }
    }

    @Test
    void deviationsAreWeightedByTheirTime() {
        try (Draws draw = new Draws(2, DataType.FLOAT32)) {
            NDArray target = draw.normal(2, 3, 4);
            NDArray noise = draw.normal(2, 3, 4);
            NDArray one = draw.normal(1, 2, 3, 4);
            double[] weighted = Tensors.toDoubles(new VelocityDeviation().score(target, noise, one));
            double[] plain = Tensors.toDoubles(new VelocityDeviation(List.of(0.8), false).score(target, noise, one));
            for (int i = 0; i < plain.length; i++) {
                assertThat(weighted[i]).as("one timestep: proportional").isCloseTo(4 * plain[i], within(1e-4));
            }
            NDArray both = one.concat(one, 0);
            double[] two = Tensors.toDoubles(new VelocityDeviation(List.of(0.5, 0.8), true).score(target, noise, both));
            assertThat(two[0]).isCloseTo((1 + 4) / 2.0 * plain[0], within(1e-4));
            LiveArrays.assertOneLeft(draw.manager(), () -> new VelocityDeviation().score(target, noise, one));
            assertRejects("timesteps", () -> new VelocityDeviation(List.of(1.0), true));
            assertRejects("timesteps", () -> new VelocityDeviation(List.of(0.0), false));
            assertRejects("timesteps", () -> new VelocityDeviation(List.of(), true));
            assertRejects("velocity", () -> new VelocityDeviation().score(target, noise, both));
            assertRejects("noise", () -> new VelocityDeviation().score(target, draw.normal(2, 3, 1), one));
        }
    }

    @Test
    void theContextIsTheTokenBeforeOrAfter() {
        try (Draws draw = new Draws(3)) {
            NDArray states = draw.of(new double[] {1, 2, 3}, 1, 3, 1);
            assertThat(Tensors.toDoubles(FlowContext.PREVIOUS.of(states))).containsExactly(0, 1, 2);
            assertThat(Tensors.toDoubles(FlowContext.NEXT.of(states))).containsExactly(2, 3, 0);
            assertThat(FlowContext.SAME.of(states)).isSameAs(states);
            assertRejects("states", () -> FlowContext.NEXT.of(draw.normal(2, 3)));
        }
    }

    @Test
    void onlyRightResponsesTeachAndOnlyWhereThePolicyWasUndecided() {
        try (Draws draw = new Draws(4)) {
            NDArray losses = draw.matrix(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
            NDArray mask = draw.matrix(new double[][] {{1, 1, 0}, {1, 1, 1}, {0, 0, 0}});
            NDArray entropies = draw.matrix(new double[][] {{0, 1, 2}, {2, 1, 0}, {0, 0, 0}});
            FlowUpdateBatch batch = new FlowUpdateBatch(losses, mask, draw.vector(1, 0, 1), entropies);
            assertThat(new FlowUpdate().loss(batch).value())
                    .as("a row without tokens counts as 0")
                    .isEqualTo(1.5 / 2);
            assertThat(new FlowUpdate(Set.of(), 0, 0.5).loss(batch).value()).isEqualTo((1.5 + 5) / 3);
            assertThat(new FlowUpdate(Set.of(Criterion.CORRECT), 0.5, 0.5)
                            .loss(batch)
                            .value())
                    .isCloseTo((1.5 + 0.5 * 5) / 2.5, within(1e-12));
            FlowUpdate undecided = new FlowUpdate(Set.of(Criterion.ENTROPY), 0, 0.5);
            assertThat(Tensors.toDoubles(undecided.tokenWeights(batch)))
                    .as("the median over all positions, masked ones too")
                    .containsExactly(0, 1, 0, 1, 1, 0, 0, 0, 0);
            assertThat(undecided.loss(batch).value()).isCloseTo((2 + 4.5) / 3, within(1e-12));
            assertThat(Tensors.toDoubles(new FlowUpdate(Set.of(Criterion.ENTROPY), 0.5, 0.75).tokenWeights(batch)))
                    .as("a quantile between two entropies, and a soft weight")
                    .containsExactly(0.5, 0.5, 0, 1, 0.5, 0.5, 0, 0, 0);
            FlowUpdateBatch wrong = new FlowUpdateBatch(losses, mask, draw.vector(0, 0, 0), null);
            assertThat(new FlowUpdate().loss(wrong).value())
                    .as("nothing to learn from")
                    .isZero();
            assertThat(Tensors.toDoubles(
                            new FlowUpdate().lossAndGradients(wrong).of("tokenLosses")))
                    .containsOnly(0);
            assertRejects("entropies", () -> undecided.loss(wrong));
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(5)) {
            NDArray state = draw.normal(1, 2, 3);
            NDArray times = draw.matrix(new double[][] {{0.5, 1}});
            NDArray first = draw.matrix(new double[][] {{1, 0}});
            NDArray ones = draw.matrix(new double[][] {{1, 1}});
            FlowMatching loss = new FlowMatching();
            assertThat(loss.loss(new FlowVelocities(state, state, times, state, first))
                            .value())
                    .as("times of tokens that do not count are not read")
                    .isFinite();
            assertRejects("times", () -> loss.loss(new FlowVelocities(state, state, times, state, ones)));
            assertRejects("mask", () -> loss.loss(new FlowVelocities(state, state, times, state, ones.zerosLike())));
            assertRejects("noise", () -> loss.loss(new FlowVelocities(state, times, times, state, first)));
            assertRejects("velocity", () -> loss.loss(new FlowVelocities(state, state, times, times, first)));
            NDArray half = draw.matrix(new double[][] {{0.5, 0.5}});
            NDArray broken = draw.of(new double[] {0, 0, Double.NaN, 0, 0, 0}, 1, 2, 3);
            assertRejects("velocity", () -> loss.loss(new FlowVelocities(state, state, half, broken, first)));
            assertRejects("target", () -> loss.loss(new FlowVelocities(broken, state, half, state, first)));
            assertRejects("noise", () -> loss.loss(new FlowVelocities(state, broken, half, state, first)));
            assertRejects("softWeight", () -> new FlowUpdate(Set.of(), -1, 0.5));
            assertRejects("entropyQuantile", () -> new FlowUpdate(Set.of(Criterion.ENTROPY), 0, 1.5));
            assertRejects(
                    "rewards", () -> new FlowUpdate().loss(new FlowUpdateBatch(ones, ones, draw.vector(1, 1), null)));
            assertRejects(
                    "mask",
                    () -> new FlowUpdate()
                            .loss(new FlowUpdateBatch(
                                    ones, draw.matrix(new double[][] {{1, 2}}), draw.vector(1), null)));
        }
    }
}
