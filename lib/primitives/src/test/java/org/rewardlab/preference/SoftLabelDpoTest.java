package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LossLaws;

/** DPO with a certainty for each label, and DPO that explores. */
class SoftLabelDpoTest {

    private static PairLogps pairs(Draws draws, int rows) {
        return new PairLogps(draws.normal(rows), draws.normal(rows), draws.normal(rows), draws.normal(rows));
    }

    private static NDArray certainty(Draws draws, int rows, double c) {
        double[] all = new double[rows];
        Arrays.fill(all, c);
        return draws.vector(all);
    }

    private static PairLogps swapped(PairLogps p, Draws draws) {
        NDArray chosen = p.refChosenLogps() == null ? draws.normal(1) : p.refChosenLogps();
        NDArray rejected = p.refRejectedLogps() == null ? draws.normal(1) : p.refRejectedLogps();
        return new PairLogps(p.rejectedLogps(), p.chosenLogps(), rejected, chosen);
    }

    private static SoftLabelledPairs soft(Draws draws, int rows) {
        return new SoftLabelledPairs(pairs(draws, rows), draws.uniform(0, 1, new long[] {rows}));
    }

    private static ExploredPairs explored(Draws draws, int rows) {
        return new ExploredPairs(pairs(draws, rows), draws.normal(rows), draws.normal(rows));
    }

    @Test
    void certaintyRunsFromDpoThroughSmoothedLabelsToTheReverse() {
        try (Draws draws = new Draws(1)) {
            PairLogps p = pairs(draws, 4);
            SoftLabelDpo loss = new SoftLabelDpo(0.3);
            LossLaws.assertClose(
                    "sure",
                    LossLaws.losses(loss, new SoftLabelledPairs(p, certainty(draws, 4, 1))),
                    LossLaws.losses(new Dpo(0.3), p),
                    1e-12);
            LossLaws.assertClose(
                    "smoothed",
                    LossLaws.losses(loss, new SoftLabelledPairs(p, certainty(draws, 4, 0.8))),
                    LossLaws.losses(new Dpo(0.3, 0.2), p),
                    1e-12);
            LossLaws.assertClose(
                    "reverse",
                    LossLaws.losses(loss, new SoftLabelledPairs(p, certainty(draws, 4, 0))),
                    LossLaws.losses(new Dpo(0.3), swapped(p, draws)),
                    1e-12);
            LossLaws.assertClose(
                    "swapped twice",
                    LossLaws.losses(loss, new SoftLabelledPairs(swapped(p, draws), certainty(draws, 4, 0.3))),
                    LossLaws.losses(loss, new SoftLabelledPairs(p, certainty(draws, 4, 0.7))),
                    1e-12);
        }
    }

    @Test
    void theMinimumIsWhereTheImpliedPreferenceIsTheCertainty() {
        try (Draws draws = new Draws(2)) {
            NDArray zero = draws.vector(0, 0);
            NDArray at = draws.vector(0, Math.log(0.8 / 0.2) / 0.5);
            SoftLabelledPairs p = new SoftLabelledPairs(new PairLogps(at, zero, zero, zero), draws.vector(0.5, 0.8));
            NDArray gradient = new SoftLabelDpo(0.5).lossAndGradients(p).of("chosenLogps");
            LossLaws.assertClose("gradient", gradient, zero, 1e-15);
            assertThat(new SoftLabelDpo(0.5).loss(p).metrics().get("consistency"))
                    .isCloseTo(0.65, within(1e-12));
        }
    }

    @Test
    void withoutExplorationItIsDpoAndTheTermIsLinear() {
        try (Draws draws = new Draws(3)) {
            ExploredPairs p = explored(draws, 5);
            LossLaws.assertClose(
                    "alpha 0", LossLaws.losses(new Selm(0.3, 0), p), LossLaws.losses(new Dpo(0.3), p.pairs()), 1e-12);
            double[] y = Tensors.toDoubles(p.responseLogps());
            double[] ref = Tensors.toDoubles(p.refResponseLogps());
            double mean = 0;
            for (int b = 0; b < 5; b++) {
                mean += (y[b] - ref[b]) / 5;
            }
            double none = new Selm(0.3, 0).loss(p).value();
            assertThat(new Selm(0.3, 0.4).loss(p).value()).isCloseTo(none + 0.4 * 0.3 * mean, within(1e-12));
            var metrics = new Selm(0.3, 0.4).loss(p).metrics();
            assertThat(metrics.get("loss/dpo")).isCloseTo(none, within(1e-12));
            assertThat(metrics.get("loss/exploration")).isCloseTo(0.12 * mean, within(1e-12));
        }
    }

    @Test
    void thePushAwayFromTheOldResponseIsTheSameWhateverTheData() {
        try (Draws draws = new Draws(4)) {
            ExploredPairs p = explored(draws, 5);
            var result = new Selm(0.3, 0.4).lossAndGradients(p);
            LossLaws.assertClose("push", result.of("responseLogps"), certainty(draws, 5, 0.4 * 0.3 / 5), 1e-15);
            double[] chosen = Tensors.toDoubles(result.of("chosenLogps"));
            double[] rejected = Tensors.toDoubles(result.of("rejectedLogps"));
            for (int b = 0; b < 5; b++) {
                assertThat(chosen[b]).isNegative().isEqualTo(-rejected[b]);
            }
            NDArray same = draws.normal(3);
            ExploredPairs at = new ExploredPairs(new PairLogps(same, same, same, same), same, same);
            assertThat(new Selm(0.3, 7).loss(at).value()).isCloseTo(Math.log(2), within(1e-12));
        }
    }

    @Test
    void gradientsMemoryAndPrecisionHold() {
        LossLaws.assertAll(new SoftLabelDpo(0.5), draws -> soft(draws, 4), 5);
        LossLaws.assertAll(new Selm(0.5, 0.3), draws -> explored(draws, 4), 6);
        LossLaws.assertAll(
                new Selm(0.5, 0.3),
                draws -> new ExploredPairs(
                        pairs(draws, 2).withNll(draws.normal(1).sum()), draws.normal(2), draws.normal(2)),
                7);
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("beta", () -> new SoftLabelDpo(0));
        LossLaws.assertRejects("beta", () -> new Selm(-1, 0));
        LossLaws.assertRejects("alpha", () -> new Selm(1, -0.1));
        try (Draws draws = new Draws(8)) {
            PairLogps p = pairs(draws, 2);
            for (double wrong : new double[] {1.2, -0.1, Double.NaN}) {
                LossLaws.assertRejects(
                        "confidence",
                        () -> new SoftLabelDpo(1).loss(new SoftLabelledPairs(p, draws.vector(0.5, wrong))));
            }
            LossLaws.assertRejects(
                    "confidence", () -> new SoftLabelDpo(1).loss(new SoftLabelledPairs(p, draws.vector(1))));
            NDArray two = draws.normal(2);
            LossLaws.assertRejects(
                    "responseLogps", () -> new Selm(1, 1).loss(new ExploredPairs(p, draws.normal(3), two)));
            LossLaws.assertRejects(
                    "refResponseLogps", () -> new Selm(1, 1).loss(new ExploredPairs(p, two, draws.normal(3))));
            NDArray endless = draws.vector(0, Double.NEGATIVE_INFINITY);
            LossLaws.assertRejects("responseLogps", () -> new Selm(1, 1).loss(new ExploredPairs(p, endless, two)));
        }
    }
}
