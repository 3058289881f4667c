package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.policy.KlController.AdaptiveEntropy;
import org.rewardlab.policy.KlController.AdaptiveKl;
import org.rewardlab.policy.KlController.FixedKl;
import org.rewardlab.policy.KlController.State;

class KlControllerTest {

    @Test
    void aFixedWeightStays() {
        KlController fixed = KlController.fixed(0.3);
        State state = fixed.next(fixed.initial(), 100, 50);
        assertThat(state).isEqualTo(new State(0.3, 0.3));
    }

    @Test
    void anAdaptiveWeightStaysAtItsTargetAndMovesByAtMostAFifthAHorizon() {
        KlController adaptive = KlController.adaptive(0.2, 6, 100);
        State start = adaptive.initial();
        assertThat(adaptive.next(start, 6, 100).applied()).isEqualTo(0.2);
        assertThat(adaptive.next(start, 1e9, 100).applied()).isCloseTo(0.24, within(1e-15));
        assertThat(adaptive.next(start, -1e9, 100).applied()).isCloseTo(0.16, within(1e-15));
        assertThat(adaptive.next(start, 6.6, 50).applied()).isCloseTo(0.2 * 1.05, within(1e-15));
        assertThat(adaptive.next(start, 9, 0).applied()).isEqualTo(0.2);
    }

    @Test
    void anAdaptiveWeightSteersASimulatedPolicyToItsTarget() {
        KlController adaptive = KlController.adaptive(5, 0.1, 20);
        State state = adaptive.initial();
        double kl = 0;
        for (int step = 0; step < 400; step++) {
            kl = 0.02 / state.applied(); // the harder the penalty, the closer the policy stays
            state = adaptive.next(state, kl, 1);
        }
        assertThat(kl).isCloseTo(0.1, within(1e-3));
    }

    @Test
    void theEntropyBonusActsOnlyAfterAStepOfLowEntropyWithinItsBounds() {
        KlController entropy = new AdaptiveEntropy(0.01, 0.005, 0, 0.02, 0.2);
        State state = entropy.initial();
        assertThat(state).isEqualTo(new State(0.01, 0));
        state = entropy.next(state, 0.2, 1);
        assertThat(state.applied()).isCloseTo(0.015, within(1e-15));
        state = entropy.next(entropy.next(state, 0.1, 1), 0.1, 1);
        assertThat(state).isEqualTo(new State(0.02, 0.02));
        state = entropy.next(state, 0.21, 1);
        assertThat(state.applied()).isZero();
        assertThat(state.coefficient()).isCloseTo(0.015, within(1e-15));
        for (int step = 0; step < 5; step++) {
            state = entropy.next(state, 1, 1);
        }
        assertThat(state).isEqualTo(new State(0, 0));
        assertThat(KlController.adaptiveEntropy(0.1)).isEqualTo(new AdaptiveEntropy(0.1, 0.005, 0, 1, 0.2));
    }

    @Test
    void oneControllerServesManyRunsAtOnce() {
        KlController adaptive = KlController.adaptive(0.2, 6, 100);
        State one = adaptive.next(adaptive.initial(), 12, 10);
        State other = adaptive.next(adaptive.initial(), 0, 10);
        assertThat(adaptive.next(one, 6, 10)).isEqualTo(one);
        assertThat(adaptive.next(other, 6, 10)).isEqualTo(other);
        assertThat(adaptive.initial()).isEqualTo(new State(0.2, 0.2));
    }

    @Test
    void badHyperparametersAndMeasurementsAreRejected() {
        assertThatThrownBy(() -> new FixedKl(-1)).hasMessageStartingWith("coefficient: ");
        assertThatThrownBy(() -> new AdaptiveKl(-1, 6, 10)).hasMessageStartingWith("coefficient: ");
        assertThatThrownBy(() -> new AdaptiveKl(1, 0, 10)).hasMessageStartingWith("target: ");
        assertThatThrownBy(() -> new AdaptiveKl(1, 6, 0)).hasMessageStartingWith("horizon: ");
        assertThatThrownBy(() -> new AdaptiveEntropy(0.1, -1, 0, 1, 0.2)).hasMessageStartingWith("delta: ");
        assertThatThrownBy(() -> new AdaptiveEntropy(0.1, 0.1, 2, 1, 0.2)).hasMessageStartingWith("min: ");
        KlController fixed = KlController.fixed(1);
        for (KlController each :
                List.of(fixed, KlController.adaptive(0.2, 6, 100), KlController.adaptiveEntropy(0.1))) {
            assertThatThrownBy(() -> each.next(each.initial(), Double.NaN, 1)).hasMessageStartingWith("measured: ");
            assertThatThrownBy(() -> each.next(each.initial(), 1, -1)).hasMessageStartingWith("steps: ");
        }
    }
}
