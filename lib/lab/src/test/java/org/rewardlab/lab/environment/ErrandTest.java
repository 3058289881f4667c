package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rewardlab.credit.TreeStepRewards;
import org.rewardlab.lab.environment.Errand.Turn;
import org.rewardlab.lab.model.SoftmaxTable;
import org.rewardlab.lab.statistics.Summary;
import org.rewardlab.tensor.Tensors;

class ErrandTest {

    private final Errand errand = new Errand(2, 4);
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private static NDArray there(@Nullable NDArray array) {
        return Objects.requireNonNull(array);
    }

    private ErrandBatch batch(SoftmaxTable policy, int[]... moves) {
        return new ErrandBatch(
                errand, policy, Arrays.stream(moves).map(errand::walk).toList(), manager);
    }

    @Test
    void rightMovesInOrderDoTheErrandAndEndIt() {
        assertThat(errand.walk(0, 1, 1, 1)).extracting(Turn::after).containsExactly(1, 2);
        assertThat(errand.walk(1, 0, 2, 1)).extracting(Turn::after).containsExactly(0, 1, 1, 2);
        assertThat(errand.walk(2, 2, 2, 0, 1)).hasSize(4); // turns are over
    }

    @Test
    void aJammedLockLetsNothingMove() {
        List<Turn> walk = errand.walk(0, errand.force(), 1, 1);
        assertThat(walk).extracting(Turn::jammed).containsExactly(false, false, true, true);
        assertThat(walk).extracting(Turn::after).containsExactly(1, 1, 1, 1);
    }

    @Test
    void valuesByHand() {
        // one stage, two turns, three choices: p + (1 - p - q) p with p = 1/2 and q = 1/4
        Errand one = new Errand(1, 2);
        double[][] values = one.values(one.policy(0.5));
        assertThat(values[0][0]).isCloseTo(0.5 + 0.25 * 0.5, within(1e-12));
        assertThat(values[1]).containsExactly(new double[] {0.5, 1}, within(1e-12));
        assertThat(values[2]).containsExactly(0, 1);
    }

    @Test
    void theExactSuccessIsThatOfManySamples() {
        Errand larger = new Errand(3, 7);
        SoftmaxTable policy = larger.policy(0.4);
        ErrandBatch batch = larger.sample(manager, policy, 20_000, new SplittableRandom(3));
        double share = Summary.mean(Tensors.toDoubles(there(batch.rollouts().outcomes())));
        assertThat(share).isCloseTo(larger.success(policy), within(0.015));
    }

    @Test
    void trueCreditAddsUpToTheOutcomeLessTheValueOfTheStart() {
        Errand larger = new Errand(3, 7);
        SoftmaxTable policy = larger.policy(0.4);
        ErrandBatch batch = larger.sample(manager, policy, 200, new SplittableRandom(4));
        double[][] truth = Tensors.toRows(batch.truth());
        for (int b = 0; b < truth.length; b++) {
            assertThat(Arrays.stream(truth[b]).sum())
                    .isCloseTo(batch.outcome(b) - larger.success(policy), within(1e-5));
        }
    }

    @Test
    void remarksAndWhatComesTooLateEarnNothing() {
        double[] truth =
                Tensors.toRows(batch(errand.policy(0.5), new int[] {0, 3, 1, 1}).truth())[0];
        assertThat(new double[] {truth[0], truth[2], truth[4], truth[5], truth[6], truth[7]})
                .containsOnly(0);
        assertThat(truth[1]).isPositive();
        assertThat(truth[3]).isNegative();
    }

    @Test
    void rolloutsHoldOutcomesTurnsAndTheTreeOfCommonMoves() {
        SoftmaxTable policy = errand.policy(0.5);
        var rollouts = batch(policy, new int[] {0, 1}, new int[] {0, 2, 2, 2}, new int[] {2, 2, 2, 2})
                .rollouts();
        assertThat(Tensors.toDoubles(there(rollouts.outcomes()))).containsExactly(1, 0, 0);
        assertThat(Tensors.toRows(rollouts.rewards())[0]).containsExactly(0, 0, 0, 1, 0, 0, 0, 0);
        assertThat(Tensors.toRows(rollouts.mask())[0]).containsExactly(1, 1, 1, 1, 0, 0, 0, 0);
        assertThat(Tensors.toRows(there(rollouts.turns()))[0]).containsExactly(0, 0, 1, 1, -1, -1, -1, -1);
        assertThat(Tensors.toRows(there(rollouts.nodes()))[1]).containsExactly(0, 0, 2, 2, 3, 3, 4, 4);
        assertThat(Tensors.toRows(there(rollouts.logps()))[0][1]).isCloseTo(Math.log(0.5), within(1e-6));
        assertThat(Tensors.toRows(there(rollouts.refLogps()))[0][1]).isCloseTo(-Math.log(4), within(1e-6));
        var byTree = new TreeStepRewards(1, TreeStepRewards.Aggregate.MEAN, 0).assign(rollouts);
        assertThat(Tensors.toRows(byTree)[1][1]).isCloseTo(0.5, within(1e-6)); // shared with the row that went well
    }

    @Test
    void numbersStandOnMovesOnTurnsAndOnTokens() {
        ErrandBatch batch = batch(errand.policy(0.5), new int[] {2, 0, 1});
        assertThat(Tensors.toRows(batch.byTurn(Turn::after))[0]).containsExactly(0, 1, 2, 0);
        assertThat(Tensors.toRows(batch.onMoves(Turn::after))[0]).containsExactly(0, 0, 0, 1, 0, 2, 0, 0);
        assertThat(Tensors.toRows(batch.byToken((state, choice) -> state))[0]).containsExactly(0, 1, 0, 1, 2, 3, 0, 0);
    }

    @Test
    void whatEarnsMoreBecomesLikelier() {
        SoftmaxTable policy = new SoftmaxTable(errand.states(), errand.choices());
        ErrandBatch batch = batch(policy, new int[] {0, 1}, new int[] {3, 0, 0, 0});
        double before = errand.success(policy);
        batch.move(policy, batch.truth(), 1);
        assertThat(errand.success(policy)).isGreaterThan(before);
    }

    @Test
    void impossibleErrandsAreRefused() {
        assertThatThrownBy(() -> new Errand(3, 2)).hasMessageContaining("turns: expected");
        assertThatThrownBy(() -> errand.walk(4)).hasMessageContaining("moves: expected");
        assertThatThrownBy(() -> errand.policy(1)).hasMessageContaining("right: expected");
        assertThatThrownBy(() -> batch(errand.policy(0.5))).hasMessageContaining("walks: expected");
    }
}
