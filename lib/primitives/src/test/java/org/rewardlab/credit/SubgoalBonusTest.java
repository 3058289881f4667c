package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Bonuses for subgoals: once or every time, in order or not. */
class SubgoalBonusTest {

    /** One episode of four steps and two subgoals: the second, then both, then nothing, then the first. */
    private static NDArray verdicts(Draws draw) {
        return draw.of(new double[] {0, 1, 1, 1, 0, 0, 1, 0}, 1, 4, 2);
    }

    private static Rollouts episode(Draws draw) {
        return Rollouts.of(draw.matrix(new double[][] {{0, 0, 0, 5}}), draw.matrix(new double[][] {{1, 1, 1, 1}}));
    }

    private static SubgoalBonus.Shaped shape(Draws draw, boolean firstOnly, boolean ordered) {
        return new SubgoalBonus(2, firstOnly, ordered).shape(verdicts(draw), episode(draw));
    }

    @Test
    void aSubgoalPaysOnceOrEveryTimeOrInItsTurn() {
        try (Draws draw = new Draws(1)) {
            SubgoalBonus.Shaped once = shape(draw, true, false);
            assertThat(Tensors.toDoubles(once.auxiliary())).containsExactly(2, 2, 0, 0);
            assertThat(Tensors.toDoubles(once.shaped())).containsExactly(2, 2, 0, 5);
            assertThat(Tensors.toDoubles(once.activeSubgoal())).containsExactly(0, 0, -1, -1);
            assertThat(Tensors.toDoubles(shape(draw, false, false).auxiliary())).containsExactly(2, 4, 0, 2);
            SubgoalBonus.Shaped ordered = shape(draw, true, true);
            assertThat(Tensors.toDoubles(ordered.auxiliary())).containsExactly(0, 2, 0, 0);
            assertThat(Tensors.toDoubles(ordered.activeSubgoal())).containsExactly(0, 0, 1, 1);
            assertThat(Tensors.toDoubles(shape(draw, false, true).auxiliary()))
                    .as("ordered, each subgoal pays once")
                    .containsExactly(0, 2, 0, 0);
        }
    }

    @Test
    void stepsOutsideTheMaskPayNothingAndAchieveNothing() {
        try (Draws draw = new Draws(2)) {
            Rollouts rollouts = Rollouts.of(
                    draw.matrix(new double[][] {{1, Double.NaN, 1, 1}}), draw.matrix(new double[][] {{1, 0, 1, 1}}));
            SubgoalBonus.Shaped shaped = new SubgoalBonus().shape(verdicts(draw), rollouts);
            assertThat(Tensors.toDoubles(shaped.auxiliary())).containsExactly(1, 0, 0, 1);
            assertThat(Tensors.toDoubles(shaped.shaped())).containsExactly(2, 0, 1, 2);
            assertThat(Tensors.toDoubles(shaped.activeSubgoal())).containsExactly(0, -1, 0, 0);
            SubgoalBonus.Shaped empty = new SubgoalBonus()
                    .shape(verdicts(draw), Rollouts.of(draw.normal(1, 4), draw.matrix(new double[][] {{0, 0, 0, 0}})));
            assertThat(Tensors.toDoubles(empty.auxiliary())).containsOnly(0);
            assertThat(Tensors.toDoubles(empty.shaped())).containsOnly(0);
            assertThat(Tensors.toDoubles(empty.activeSubgoal())).containsOnly(-1);
        }
    }

    @Test
    void bonusesAreBoundedAndOrderedPaysNoMore() {
        try (Draws draw = new Draws(3, DataType.FLOAT32)) {
            NDArray verdicts = draw.flags(30, 8, 3);
            Rollouts rollouts = Rollouts.of(draw.normal(30, 8), draw.raggedMask(30, 8));
            double[][] once = Tensors.toRows(
                    new SubgoalBonus(0.5, true, false).shape(verdicts, rollouts).auxiliary());
            double[][] ordered = Tensors.toRows(
                    new SubgoalBonus(0.5, true, true).shape(verdicts, rollouts).auxiliary());
            for (int b = 0; b < 30; b++) {
                double total = Arrays.stream(once[b]).sum();
                assertThat(total).isLessThanOrEqualTo(1.5);
                assertThat(Arrays.stream(ordered[b]).sum()).isLessThanOrEqualTo(total);
            }
            NDArray none =
                    new SubgoalBonus().shape(verdicts.zerosLike(), rollouts).shaped();
            assertThat(none.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(Tensors.toDoubles(none))
                    .containsExactly(Tensors.toDoubles(rollouts.rewards().mul(rollouts.mask())), within(0.0));
            assertThat(Tensors.toDoubles(new SubgoalBonus().with(verdicts).assign(rollouts)))
                    .containsExactly(Tensors.toDoubles(
                            new SubgoalBonus().shape(verdicts, rollouts).shaped()));
            LiveArrays.assertOneLeft(
                    draw.manager(), () -> new SubgoalBonus().with(verdicts).assign(rollouts));
        }
    }

    @Test
    void firstBonusesAreThePotentialOfSubgoalsAchieved() {
        try (Draws draw = new Draws(4)) {
            NDArray verdicts = draw.flags(10, 6, 3);
            Rollouts rollouts = Rollouts.of(
                    draw.normal(10, 6).zerosLike(), draw.normal(10, 6).onesLike());
            double[][] paid =
                    Tensors.toRows(new SubgoalBonus().shape(verdicts, rollouts).auxiliary());
            double[] flags = Tensors.toDoubles(verdicts);
            for (int b = 0; b < 10; b++) {
                boolean[] done = new boolean[3];
                double potential = 0;
                for (int t = 0; t < 6; t++) {
                    double before = potential;
                    for (int k = 0; k < 3; k++) {
                        done[k] |= flags[(b * 6 + t) * 3 + k] != 0;
                    }
                    potential = (done[0] ? 1 : 0) + (done[1] ? 1 : 0) + (done[2] ? 1 : 0);
                    assertThat(paid[b][t]).isEqualTo(potential - before);
                }
            }
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(5)) {
            Rollouts rollouts = episode(draw);
            SubgoalBonus bonus = new SubgoalBonus();
            assertRejects("bonus", () -> new SubgoalBonus(-1, true, true));
            assertRejects(
                    "achieved",
                    () -> bonus.shape(
                            draw.of(new double[8], 1, 4, 2)
                                    .add(draw.of(new double[] {2, 0, 0, 0, 0, 0, 0, 0}, 1, 4, 2)),
                            rollouts));
            assertRejects("achieved", () -> bonus.shape(draw.normal(1, 4), rollouts));
            assertRejects("achieved", () -> bonus.shape(draw.of(new double[6], 1, 3, 2), rollouts));
            assertRejects("achieved", () -> bonus.shape(draw.of(new double[0], 1, 4, 0), rollouts));
            assertRejects(
                    "mask",
                    () -> bonus.shape(verdicts(draw), Rollouts.of(rollouts.rewards(), draw.matrix(new double[][] {
                        {2, 1, 1, 1}
                    }))));
        }
    }
}
