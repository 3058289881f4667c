package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewardlab.reward.RewardTransform;

class GaussianHackingTest {

    @Test
    void whatIsWantedPeaksWhereTheProxyDoesNot() {
        assertThat(GaussianHacking.gold(5)).isEqualTo(3);
        assertThat(GaussianHacking.gold(2)).isZero();
        assertThat(GaussianHacking.gold(9)).isEqualTo(-1);
        GaussianHacking world = new GaussianHacking(new Random(1));
        double[] nine = new double[4000];
        Arrays.fill(nine, 9);
        assertThat(Arrays.stream(world.proxy(nine)).average().orElseThrow()).isCloseTo(8.4, within(0.03));
    }

    @Test
    void theStartIsTheReference() {
        GaussianHacking world = new GaussianHacking(new Random(2));
        assertThat(world.kl()).isZero();
        assertThat(world.logRatio(3.3)).isZero();
        assertThat(world.expectedProxy()).isZero();
        assertThat(world.expectedGold()).isCloseTo(0, within(1e-12));
        assertThat(world.references(3, 7)).hasDimensions(3, 7);
    }

    @Test
    void followingTheProxyRuinsWhatIsWanted() {
        GaussianHacking world = new GaussianHacking(new Random(3));
        double peak = 0;
        for (int update = 0; update < 300; update++) {
            double[] actions = world.sample(32);
            world.reinforce(actions, world.proxy(actions), 0.05);
            peak = Math.max(peak, world.expectedGold());
        }
        assertThat(peak).isGreaterThan(2);
        assertThat(world.expectedGold()).isLessThan(-5);
        assertThat(world.expectedProxy()).isGreaterThan(8);
        double distance = world.expectedProxy() / 1.2;
        assertThat(world.kl()).isCloseTo(distance * distance / (2 * 0.49), within(1e-9));
        assertThat(world.logRatio(2 + distance)).isCloseTo(world.kl(), within(1e-9));
    }

    @Test
    void aBoundedShapeNeverPaysMoreThanItsBound() {
        GaussianHacking world = new GaussianHacking(new Random(5));
        double[] paid = world.paid(RewardTransform.preferenceAsReward(), 10, 2, 500, -500);
        assertThat(paid[0]).isBetween(0.2, 0.8);
        assertThat(paid[1]).isEqualTo(1);
        assertThat(paid[2]).isCloseTo(0, within(1e-12));
        assertThat(world.paid(RewardTransform.centred(), 10, 500)[0]).isGreaterThan(590);
    }

    @Test
    void badBatchesAreRejected() {
        GaussianHacking world = new GaussianHacking(new Random(4));
        assertThatThrownBy(() -> world.reinforce(new double[] {1, 2}, new double[] {1}, 0.1))
                .hasMessageStartingWith("rewards: ");
        assertThatThrownBy(() -> world.sample(0)).hasMessageStartingWith("count: ");
        assertThatThrownBy(() -> world.references(0, 1)).hasMessageStartingWith("rows: ");
    }
}
