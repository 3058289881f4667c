package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.rewardlab.credit.TreeStepRewards.Aggregate;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Rewards and advantages where trajectories share their first steps. */
class StepTreeTest {

    private static final Offset<Double> TINY = within(1e-12);

    /** Two forks: 0 to 1 or 2 (then 3), and 4 to 5. */
    private static NDArray nodes(Draws draw) {
        return draw.integers(0, 1, -1, 0, 2, 3, 4, 5, -1).reshape(3, 3);
    }

    private static double[] rewards(TreeStepRewards rewards, StepTree tree, NDArray outcome, NDArray format) {
        return Tensors.toDoubles(rewards.nodeRewards(tree, outcome, format));
    }

    @Test
    void aStepIsWorthWhatItLeadsTo() {
        try (Draws draw = new Draws(1)) {
            StepTree tree = StepTree.ofSteps(nodes(draw));
            NDArray outcome = draw.vector(1, 0, 1);
            NDArray none = draw.vector(0, 0, 0, 0, 0, 0);
            NDArray format = draw.vector(1, 1, 0, 1, 0.5, 1);
            assertThat(rewards(new TreeStepRewards(1, Aggregate.MEAN, 0), tree, outcome, format))
                    .as("the share of successes behind each step")
                    .containsExactly(0.5, 1, 0, 0, 1, 1);
            assertThat(rewards(new TreeStepRewards(0.5, Aggregate.MEAN, 1), tree, outcome, format))
                    .containsExactly(new double[] {0.5 / 2 + 1, 2, 0, 1, 0.5 + 0.5, 2}, TINY);
            double[] mean = rewards(new TreeStepRewards(0.9, Aggregate.MEAN, 1), tree, outcome, none);
            double[] best = rewards(new TreeStepRewards(0.9, Aggregate.MAX, 1), tree, outcome, none);
            for (int node = 0; node < mean.length; node++) {
                assertThat(best[node]).isGreaterThanOrEqualTo(mean[node]);
            }
            assertThat(best[0]).isEqualTo(0.9);
            assertThat(rewards(new TreeStepRewards(1, Aggregate.MAX, 0), tree, draw.vector(-1, -2, -3), none))
                    .containsExactly(-1, -1, -2, -2, -3, -3);
        }
    }

    @Test
    void aParentIsTheMeanOfItsChildrenWeightedByTrajectories() {
        try (Draws draw = new Draws(2)) {
            StepTree tree =
                    StepTree.ofSteps(draw.integers(0, 1, 0, 1, 0, 2, 0, 2, 0, 2).reshape(5, 2));
            double[] r = rewards(
                    new TreeStepRewards(1, Aggregate.MEAN, 0), tree, draw.vector(1, 0, 1, 1, 0), draw.vector(0, 0, 0));
            assertThat(r[0]).isCloseTo((2 * r[1] + 3 * r[2]) / 5, TINY);
        }
    }

    @Test
    void withoutSharedStepsEachTrajectoryPaysItsOwn() {
        try (Draws draw = new Draws(3)) {
            StepTree tree = StepTree.ofSteps(draw.integers(0, 1, 2, 3).reshape(2, 2));
            assertThat(rewards(new TreeStepRewards(), tree, draw.vector(1, 2), draw.vector(0.1, 0.2, 0.3, 0.4)))
                    .containsExactly(new double[] {1.05, 1.2, 2.2, 2.4}, TINY);
        }
    }

    @Test
    void advantagesOfAForkSumToZeroOverItsDistinctSteps() {
        try (Draws draw = new Draws(4)) {
            StepTree tree = StepTree.ofSteps(nodes(draw));
            NDArray reward = draw.normal(6);
            double[] a = new ForkRelative().ofNodes(tree, Tensors.toDoubles(reward));
            assertThat(a[0] + a[4]).isCloseTo(0, TINY);
            assertThat(a[1] + a[2]).isCloseTo(0, TINY);
            assertThat(new double[] {a[3], a[5]}).as("only children").containsExactly(0, 0);
            double[] shifted = Tensors.toDoubles(reward);
            double[] scaled = shifted.clone();
            for (int node : new int[] {1, 2}) {
                shifted[node] += 7;
            }
            for (int node = 0; node < scaled.length; node++) {
                scaled[node] *= 3;
            }
            assertThat(new ForkRelative().ofNodes(tree, shifted)).containsExactly(a, within(1e-9));
            assertThat(new ForkRelative().ofNodes(tree, scaled)).containsExactly(a, within(1e-4));
            NDArray places = new ForkRelative(false, 0, 1).advantages(tree, reward);
            double[] r = Tensors.toDoubles(reward);
            assertThat(Tensors.toDoubles(places)[0]).isCloseTo((r[0] - r[4]) / 2, TINY);
            assertThat(Tensors.toDoubles(places)[3]).isEqualTo(Tensors.toDoubles(places)[0]);
            assertThat(Tensors.toDoubles(places)[2]).isZero();
            double half = new ForkRelative(true, 0, 0).ofNodes(tree, r)[0];
            assertThat(Math.abs(half)).as("two siblings, divisor n").isCloseTo(1, TINY);
        }
    }

    @Test
    void equalSiblingsAndASingleChainHaveNoAdvantage() {
        try (Draws draw = new Draws(5)) {
            NDArray equal = draw.vector(0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
            assertThat(Tensors.toDoubles(new ForkRelative().advantages(StepTree.ofSteps(nodes(draw)), equal)))
                    .containsOnly(0);
            StepTree chain = StepTree.ofSteps(draw.integers(0, 1, 0, 1).reshape(2, 2));
            assertThat(Tensors.toDoubles(
                            new TreeRelative().advantages(chain, draw.vector(0.3, 0.9), draw.vector(2, 2))))
                    .containsOnly(0);
            StepTree single = StepTree.ofSteps(draw.integers(0, 1).reshape(1, 2));
            assertThat(Tensors.toDoubles(new TreeRelative().advantages(single, draw.vector(1, 2), draw.vector(9))))
                    .containsOnly(0);
        }
    }

    @Test
    void withoutTheForkPartItIsGrpo() {
        try (Draws draw = new Draws(6)) {
            NDArray scores = draw.vector(1, 0, 0.3);
            double[] a = Tensors.toDoubles(
                    new TreeRelative(1, 0).advantages(StepTree.ofSteps(nodes(draw)), draw.normal(6), scores));
            NDArray mask = draw.vector(1, 1, 0, 1, 1, 1, 1, 1, 0).reshape(3, 3);
            NDArray rewards = draw.matrix(new double[][] {{0, 1, 0}, {0, 0, 0}, {0, 0.3, 0}});
            Rollouts rollouts = Rollouts.of(rewards, mask).withGroups(draw.integers(7, 7, 7));
            assertThat(a)
                    .containsExactly(
                            Tensors.toDoubles(
                                    new GroupRelative().estimate(rollouts).advantages()),
                            TINY);
        }
    }

    /** Steps of one or two tokens, an observation inside the second step of row 0, two prompts. */
    private static Rollouts tokens(Draws draw) {
        NDArray mask = draw.matrix(new double[][] {{1, 1, 1, 0, 1}, {1, 1, 1, 0, 0}, {1, 1, 0, 0, 0}});
        NDArray nodes =
                draw.integers(0, 0, 1, 9, 1, 0, 0, 2, -1, -1, 3, 4, -1, -1, -1).reshape(3, 5);
        NDArray rewards = draw.matrix(new double[][] {{0, 0, 0, 0, 1}, {0, 0, 0, 0, 0}, {0, 1, 0, 0, 0}});
        return Rollouts.of(rewards, mask).withNodes(nodes).withGroups(draw.integers(5, 5, 8));
    }

    @Test
    void tokensOfAStepShareItsAdvantageAndItsRewardStandsOnTheLast() {
        try (Draws draw = new Draws(7)) {
            Rollouts rollouts = tokens(draw);
            TreeStepRewards credit = new TreeStepRewards(0.5, Aggregate.MEAN, 1);
            double[][] r = Tensors.toRows(credit.assign(rollouts));
            assertThat(r[0]).containsExactly(0, 0.25, 0, 0, 1);
            assertThat(r[1]).containsExactly(0, 0.25, 0, 0, 0);
            assertThat(r[2]).containsExactly(0.5, 1, 0, 0, 0);
            Rollouts assigned = rollouts.withRewards(credit.assign(rollouts));
            double[][] a = Tensors.toRows(
                    new ForkRelative(false, 0, 1).estimate(assigned).advantages());
            assertThat(a[0]).containsExactly(0, 0, 0.5, 0, 0.5);
            assertThat(a[1]).containsExactly(0, 0, -0.5, 0, 0);
            assertThat(a[2]).containsExactly(0, 0, 0, 0, 0);
            double[][] both = Tensors.toRows(new TreeRelative(1, 1, 0, 0)
                    .estimate(assigned.withOutcomes(draw.vector(1, 0, 1)))
                    .advantages());
            assertThat(both[0]).containsExactly(1, 1, 2, 0, 2);
            assertThat(both[2]).as("alone in its group").containsOnly(0);
            NDArray format = draw.matrix(new double[][] {{0, 0.2, 0, 0, 0.4}, {0, 0.2, 0.6, 0, 0}, {0.8, 1, 0, 0, 0}});
            assertThat(Tensors.toRows(credit.assign(rollouts.withStepScores(format)))[1])
                    .containsExactly(new double[] {0, 0.45, 0.6, 0, 0}, TINY);
            Rollouts ended = assigned.withOutcomes(draw.vector(1, 0, 1));
            LiveArrays.assertOneLeft(draw.manager(), () -> credit.assign(rollouts));
            LiveArrays.assertOneLeft(
                    draw.manager(), () -> new TreeRelative().estimate(ended).advantages());
            LiveArrays.assertOneLeft(
                    draw.manager(), () -> new ForkRelative().estimate(assigned).advantages());
        }
    }

    @Test
    void typesFollowTheInputs() {
        try (Draws draw = new Draws(8, DataType.FLOAT32)) {
            StepTree tree = StepTree.ofSteps(nodes(draw));
            NDArray values = draw.vector(1, 2, 3, 4, 5, 6);
            assertThat(tree.spread(values).getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(Tensors.toDoubles(tree.spread(values))).containsExactly(1, 2, 0, 1, 3, 4, 5, 6, 0);
            assertThat(new TreeRelative()
                            .advantages(tree, values, draw.vector(1, 2, 3))
                            .getDataType())
                    .isEqualTo(DataType.FLOAT32);
        }
    }

    private record Step(int number, boolean last) {}

    @Test
    void aGrownTreeHasAsManyTrajectoriesAsAskedForAndSharesBeginnings() {
        Random random = new Random(3);
        TreeSampling sampling = new TreeSampling(8, 2, 5);
        int[] made = {0};
        int shared = 0;
        for (int trial = 0; trial < 20; trial++) {
            var grown = sampling.grow(
                    () -> new Step(made[0]++, false),
                    step -> new Step(made[0]++, random.nextDouble() < 0.3),
                    Step::last,
                    random);
            assertThat(grown.steps()).hasSize(8);
            Set<Integer> distinct = new HashSet<>();
            int places = 0;
            for (int j = 0; j < 8; j++) {
                List<Step> path = grown.steps().get(j);
                assertThat(path.size()).isBetween(2, 5);
                Step end = path.get(path.size() - 1);
                assertThat(grown.finished().get(j)).isEqualTo(end.last());
                assertThat(end.last() || path.size() == 5).isTrue();
                for (int t = 0; t < path.size(); t++) {
                    assertThat(grown.distinct().get(grown.nodes().get(j).get(t)))
                            .isSameAs(path.get(t));
                    distinct.add(grown.nodes().get(j).get(t));
                    places++;
                }
            }
            shared += places - distinct.size();
            try (Draws draw = new Draws(0)) {
                long[][] rows = grown.rows();
                StepTree tree = StepTree.ofSteps(draw.integers(Arrays.stream(rows)
                                .flatMapToLong(Arrays::stream)
                                .toArray())
                        .reshape(new Shape(rows.length, rows[0].length)));
                assertThat(tree.nodes()).isEqualTo(distinct.size());
            }
        }
        assertThat(shared).as("steps that trajectories share").isPositive();
        var lone = new TreeSampling(4, 1, 3)
                .grow(() -> new Step(1, false), step -> new Step(2, false), Step::last, random);
        assertThat(lone.distinct()).as("a branching of 1 shares nothing").hasSize(12);
        assertThat(lone.finished()).containsOnly(false);
        Step same = new Step(0, false);
        assertThatThrownBy(() -> sampling.grow(() -> same, step -> same, Step::last, random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("next: ");
        assertRejects("branching", () -> new TreeSampling(1, 0, 1));
        assertRejects("trajectories", () -> new TreeSampling(0, 1, 1));
        assertRejects("maxDepth", () -> new TreeSampling(1, 1, 0));
    }

    @Test
    void everyCandidateIsAsLikelyToGoOn() {
        Random random = new Random(11);
        Map<String, Integer> chosen = new TreeMap<>();
        for (int trial = 0; trial < 400; trial++) {
            int[] made = {0, 0};
            var grown = new TreeSampling(2, 2, 2)
                    .grow(
                            () -> new StringBuilder("root" + made[0]++),
                            step -> new StringBuilder("child" + made[1]++),
                            step -> false,
                            random);
            grown.steps().forEach(path -> chosen.merge(path.get(1).toString(), 1, Integer::sum));
        }
        assertThat(chosen).containsOnlyKeys("child0", "child1", "child2", "child3");
        assertThat(chosen.values()).allSatisfy(count -> assertThat(count).isBetween(140, 260)); // 200, six deviations
        assertThatThrownBy(() ->
                        new TreeSampling.Grown<>(List.of(List.of("a")), List.of(List.of(1)), List.of(true)).distinct())
                .hasMessage("nodes: expected all of 0 to 0, got no 0");
    }

    @Test
    void whatIsNoTreeIsRejected() {
        try (Draws draw = new Draws(9)) {
            for (long[] rows : new long[][] {
                {-1, -1}, {0, -1, 1}, {0, 1, 1, 2}, {0, 2, 1, 2}, {0, 2}, {0, 0}, {0, -2}, {0, 1, -1, -1}
            }) {
                NDArray ids = rows.length == 4
                        ? draw.integers(rows).reshape(2, 2)
                        : draw.integers(rows).reshape(1, rows.length);
                assertRejects("nodes", () -> StepTree.ofSteps(ids));
            }
            assertRejects("nodes", () -> StepTree.ofSteps(draw.matrix(new double[][] {{0.5}})));
            StepTree tree = StepTree.ofSteps(nodes(draw));
            NDArray three = draw.vector(1, 2, 3);
            NDArray six = draw.vector(1, 2, 3, 4, 5, 6);
            assertRejects("outcomes", () -> new TreeStepRewards().nodeRewards(tree, six, six));
            assertRejects("format", () -> new TreeStepRewards().nodeRewards(tree, three, three));
            assertRejects("nodeRewards", () -> new ForkRelative().advantages(tree, three));
            assertRejects("trajectoryRewards", () -> new TreeRelative().advantages(tree, six, six));
            assertRejects(
                    "nodeRewards", () -> new ForkRelative().advantages(tree, draw.vector(1, 2, 3, Double.NaN, 5, 6)));
            assertRejects("gamma", () -> new TreeStepRewards(1.1, Aggregate.MEAN, 1));
            assertRejects("formatWeight", () -> new TreeStepRewards(1, Aggregate.MEAN, Double.NaN));
            assertRejects("epsilon", () -> new ForkRelative(true, -1, 1));
            assertRejects("ddof", () -> new ForkRelative(true, 0, 2));
            assertRejects("ddof", () -> new TreeRelative(1, 1, 0, -1));
            assertRejects("forkWeight", () -> new TreeRelative(1, Double.NaN));
            Rollouts rollouts = tokens(draw);
            assertRejects("groups", () -> new ForkRelative().estimate(rollouts.withGroups(draw.vector(1, 2, 3))));
            assertRejects("nodes", () -> new ForkRelative().estimate(rollouts.withGroups(draw.integers(1, 2, 3))));
            assertRejects(
                    "rewards",
                    () -> new ForkRelative().estimate(rollouts.withRewards(draw.matrix(new double[][] {
                        {0, 1, 0, 0, 0}, {0, 2, 0, 0, 0}, {0, 0, 0, 0, 0}
                    }))));
            assertRejects("outcomes", () -> new TreeRelative().estimate(rollouts));
            assertRejects("nodes", () -> new ForkRelative().estimate(Rollouts.of(rollouts.rewards(), rollouts.mask())));
        }
    }
}
