package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.environment.EmotionalUser.Act;
import org.rewardlab.lab.environment.EmotionalUser.Need;
import org.rewardlab.lab.environment.PlanarDiffusion.Point;

class ControlWorldsTest {

    @Test
    void withoutDriftADiffusionSpreadsByItsNoise() {
        PlanarDiffusion diffusion = new PlanarDiffusion(8);
        SplittableRandom random = new SplittableRandom(1);
        double squares = 0;
        int samples = 20_000;
        for (int i = 0; i < samples; i++) {
            PlanarDiffusion.Trajectory path = diffusion.sample((point, prompt, time) -> new Point(0, 0), 0, random);
            squares += path.points().get(8).squaredDistance(new Point(0, 0));
        }
        assertThat(squares / samples).isCloseTo(2 * (1 + 8 * 0.09), within(0.08));
    }

    @Test
    void aDriftToTheGoalIsRewardedAndItsStepsHaveTheirDensities() {
        PlanarDiffusion diffusion = new PlanarDiffusion(8, 0.01, 4, 1.5);
        PlanarDiffusion.Drift home = (point, prompt, time) -> new Point(
                (diffusion.goal(prompt).x() - point.x()) / time,
                (diffusion.goal(prompt).y() - point.y()) / time);
        PlanarDiffusion.Trajectory path = diffusion.sample(home, 1, new SplittableRandom(3));
        assertThat(path.reward()).isGreaterThan(0.99);
        assertThat(diffusion.goal(1).y()).isCloseTo(1.5, within(1e-12));
        double[] logps = diffusion.stepLogps(home, path);
        assertThat(logps).hasSize(8);
        double mode = -Math.log(2 * Math.PI * 0.01 * 0.01);
        for (double logp : logps) {
            assertThat(logp).isBetween(mode - 15, mode);
        }
        Point mean = path.points().get(7).plus(home.at(path.points().get(7), 1, 1));
        assertThat(logps[7]).isCloseTo(mode - path.points().get(8).squaredDistance(mean) / 2e-4, within(1e-9));
        assertThatThrownBy(() -> diffusion.goal(4)).hasMessageStartingWith("prompt: expected");
    }

    @Test
    void aPushedMassMovesAsComputedByHand() {
        PointMass mass = new PointMass(0.1, 1, 0.5, 3, 4);
        PointMass.Outcome first = mass.step(mass.start(), 5, -0.5);
        assertThat(first.state()).isEqualTo(new PointMass.State(0.1 * 0.1, 0.1 * -0.05, 0.1, -0.05));
        assertThat(first.reward()).isCloseTo(-Math.hypot(2.99, 4.005) - 0.5 * 1.25, within(1e-12));
        PointMass.State state = mass.start();
        for (int i = 0; i < 10; i++) {
            state = mass.step(state, 1, 0).state();
        }
        assertThat(state.x()).isCloseTo(0.01 * 55, within(1e-12));
        assertThat(mass.distance(mass.start())).isEqualTo(5);
        assertThatThrownBy(() -> mass.step(mass.start(), Double.NaN, 0)).hasMessageStartingWith("pushX: expected");
    }

    @Test
    void usersAnswerToWhatTheyNeed() {
        EmotionalUser user = new EmotionalUser();
        EmotionalUser.State vent = user.start(Need.VENT);
        EmotionalUser.State advice = user.start(Need.ADVICE);
        assertThat(user.effect(vent, Act.EMPATHISE)).isEqualTo(6);
        assertThat(user.effect(advice, Act.ADVISE)).isEqualTo(4);
        assertThat(user.effect(new EmotionalUser.State(Need.ADVICE, 40, true, true, 1), Act.ADVISE))
                .isEqualTo(8);
        assertThat(user.effect(new EmotionalUser.State(Need.VENT, 40, true, true, 1), Act.PROBE))
                .isEqualTo(-3);
        assertThat(new EmotionalUser(8, true).effect(vent, Act.DISMISS)).isEqualTo(-11.5);
        SplittableRandom random = new SplittableRandom(5);
        double end = 0;
        int revealed = 0;
        for (int i = 0; i < 2000; i++) {
            EmotionalUser.State state = user.start(Need.VENT);
            while (!user.isOver(state)) {
                state = user.step(state, state.turn() == 0 ? Act.PROBE : Act.EMPATHISE, random);
            }
            end += state.emotion() / 2000.0;
            revealed += state.revealed() ? 1 : 0;
        }
        assertThat(end).isCloseTo(40 + 4 + 7 * 6, within(0.5)); // the bounds of 10 and 100 are all but out of reach
        assertThat(revealed / 2000.0).isCloseTo(0.9, within(0.03));
        EmotionalUser.State over = new EmotionalUser.State(Need.VENT, 0, false, false, 3);
        assertThatThrownBy(() -> user.step(over, Act.PROBE, random)).hasMessageStartingWith("state: expected");
        assertThat(user.start(new SplittableRandom(1))).isEqualTo(user.start(new SplittableRandom(1)));
    }
}
