package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.reward.RunningMoments;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LossLaws;

/** Losses on single responses against plain loops over Java numbers. */
class UnpairedLossTest {

    private static List<UnpairedPreferenceLoss> losses() {
        Bco bco = new Bco(0.3);
        return List.of(
                new Kto(0.3, 1.5, 0.7),
                new ApoZeroUnpaired(0.3, 1.5, 0.7),
                bco.at(new RunningMoments(0.4, 1, 10)),
                bco.at(RunningMoments.initial()));
    }

    private static UnpairedLogps responses(Draws draws, int size) {
        long[] shape = {size};
        return new UnpairedLogps(draws.normal(2, shape), draws.normal(2, shape), draws.flags(size))
                .withKl(draws.normal(size), draws.normal(size))
                .withDesirableProbability(draws.uniform(0, 1, shape));
    }

    private static double sig(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void lossesFollowThePapers(int size) {
        try (Draws draws = new Draws(size)) {
            UnpairedLogps responses = responses(draws, size);
            double[] policy = Tensors.toDoubles(responses.logps());
            double[] reference = Tensors.toDoubles(responses.refLogps());
            double[] labels = Tensors.toDoubles(responses.labels());
            double[] q = Tensors.toDoubles(responses.probabilities()[0]);
            double z = 0;
            for (int i = 0; i < size; i++) {
                z += Tensors.toDoubles(responses.mismatched()[0])[i] / size;
                z -= Tensors.toDoubles(responses.mismatched()[1])[i] / size;
            }
            z = Math.max(0, z);
            double[] kto = new double[size];
            double[] apo = new double[size];
            double[] bco = new double[size];
            for (int i = 0; i < size; i++) {
                double u = policy[i] - reference[i];
                boolean good = labels[i] == 1;
                kto[i] = good ? 1.5 * (1 - sig(0.3 * (u - z))) : 0.7 * (1 - sig(0.3 * (z - u)));
                apo[i] = good ? 1.5 * (1 - sig(0.3 * u)) : 0.7 * sig(0.3 * u);
                bco[i] = good
                        ? -Math.log(sig(0.3 * u - 0.4))
                        : -Math.log(sig(0.4 - 0.3 * u)) * Math.min(10, Math.max(0.5, q[i] / (1 - q[i] + 1e-8)));
            }
            LossLaws.assertClose("kto", LossLaws.losses(new Kto(0.3, 1.5, 0.7), responses), kto, 1e-12);
            LossLaws.assertClose("apo", LossLaws.losses(new ApoZeroUnpaired(0.3, 1.5, 0.7), responses), apo, 1e-12);
            LossLaws.assertClose(
                    "bco", LossLaws.losses(new Bco(0.3).at(new RunningMoments(0.4, 1, 10)), responses), bco, 1e-12);
            assertThat(new Kto(0.3, 1.5, 0.7).loss(responses).metrics().get("kl"))
                    .isCloseTo(z, within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void fewResponsesInJavaAndManyInOneScriptAgreeWithTheTape(UnpairedPreferenceLoss loss) {
        for (int size : new int[] {6, 1500}) {
            try (Draws draws = new Draws(size)) {
                UnpairedLogps responses = responses(draws, size);
                LossLaws.assertClosedFormIsTaped(loss, responses);
                LossLaws.assertClosedFormIsTaped(loss, responses.withDesirableProbability(null));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsMemoryAndPrecisionHold(UnpairedPreferenceLoss loss) {
        LossLaws.assertAll(loss, draws -> responses(draws, 6), 3);
        LossLaws.assertAll(loss, draws -> responses(draws, 2), 4);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theOrderOfTheBatchDoesNotMatter(UnpairedPreferenceLoss loss) {
        try (Draws draws = new Draws(5)) {
            UnpairedLogps in = responses(draws, 7);
            int[] order = draws.permutation(7);
            UnpairedLogps moved = new UnpairedLogps(
                    draws.permuted(in.logps(), order),
                    draws.permuted(in.refLogps(), order),
                    draws.permuted(in.labels(), order),
                    in.klLogps(),
                    in.refKlLogps(),
                    draws.permuted(in.probabilities()[0], order));
            LossGradients before = loss.lossAndGradients(in);
            LossGradients after = loss.lossAndGradients(moved);
            assertThat(after.output().value()).isCloseTo(before.output().value(), within(1e-12));
            LossLaws.assertClose("gradient", after.of("logps"), draws.permuted(before.of("logps"), order), 1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void responsesFarFromTheReferenceOverflowNowhere(UnpairedPreferenceLoss loss) {
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            try (Draws draws = new Draws(1, type)) {
                NDArray logps = draws.vector(-5000, 0, -5000, 0);
                NDArray reference = draws.vector(0, -5000, 0, -5000);
                LossLaws.assertFinite(
                        loss, new UnpairedLogps(logps, reference, draws.vector(0, 0, 1, 1)).withKl(logps, reference));
            }
        }
    }

    @Test
    void batchesOfOneKindAreLegal() {
        try (Draws draws = new Draws(1)) {
            NDArray u = draws.vector(1, -1);
            NDArray zero = draws.vector(0, 0);
            LossOutput good = new Kto(0.5).loss(new UnpairedLogps(u, zero, draws.vector(1, 1)).withKl(zero, zero));
            assertThat(good.value()).isCloseTo(0.5, within(1e-12));
            assertThat(good.metrics().get("rewards/chosen")).isZero();
            assertThat(good.metrics().get("rewards/rejected")).isNaN();
            LossOutput bad = new Kto(0.5).loss(new UnpairedLogps(u, zero, zero).withKl(zero, zero));
            assertThat(bad.metrics().get("rewards/chosen")).isNaN();
        }
    }

    @Test
    void theReferencePointIsNeverNegativeAndIsAConstant() {
        try (Draws draws = new Draws(9)) {
            UnpairedLogps in = responses(draws, 4);
            NDArray low = draws.vector(-9, -9, -9, -9);
            NDArray high = draws.vector(-1, -1, -1, -1);
            Kto kto = new Kto(0.2);
            assertThat(kto.loss(in.withKl(low, high)).metrics().get("kl")).isZero();
            assertThat(kto.loss(in.withKl(high, low)).metrics().get("kl")).isEqualTo(8);
            LossLaws.assertClose(
                    "kto with z = 0",
                    kto.lossAndGradients(in.withKl(low, high)).of("logps"),
                    new ApoZeroUnpaired(0.2, 1, 1).lossAndGradients(in).of("logps"),
                    1e-12);
            assertThat(kto.lossAndGradients(in).gradients()).containsOnlyKeys("logps");
        }
    }

    @Test
    void noPromptKeepsItsResponseWhenTheyAreMismatched() {
        for (int size = 2; size < 6; size++) {
            List<Integer> responses =
                    java.util.stream.IntStream.range(0, size).boxed().toList();
            List<Integer> mismatched = Kto.mismatched(responses);
            assertThat(mismatched).containsExactlyInAnyOrderElementsOf(responses);
            for (int i = 0; i < size; i++) {
                assertThat(mismatched.get(i)).isEqualTo((i + 1) % size);
            }
        }
        LossLaws.assertRejects("responses", () -> Kto.mismatched(List.of("alone")));
    }

    @Test
    void bcoShiftsByTheMeanOfAllRewardsSeen() {
        try (Draws draws = new Draws(1)) {
            Bco bco = new Bco(0.5);
            UnpairedLogps first = UnpairedLogps.of(
                    draws.vector(-1, -2, -3), draws.vector(-2, -2, -2), draws.vector(-4), draws.vector(-2));
            UnpairedLogps second = new UnpairedLogps(draws.vector(-1, -1), draws.vector(-5, -2), draws.vector(1, 0));
            assertThat(Tensors.toDoubles(first.labels())).containsExactly(1, 1, 1, 0);
            RunningMoments seen = bco.next(RunningMoments.initial(), first);
            assertThat(seen.mean()).isCloseTo(-0.25, within(1e-12));
            assertThat(bco.next(seen, second).mean()).isCloseTo((-0.25 * 4 + 2 + 0.5) / 6, within(1e-12));
            assertThat(bco.at(seen).loss(second).metrics().get("delta")).isCloseTo(-0.25, within(1e-12));
            LossLaws.assertClose(
                    "without a past",
                    bco.lossAndGradients(first).of("logps"),
                    bco.at(seen).lossAndGradients(first).of("logps"),
                    1e-12);
        }
    }

    @Test
    void densityRatiosAreBoundedAndWeighUndesirableResponsesAlone() {
        try (Draws draws = new Draws(1)) {
            NDArray zero = draws.vector(0, 0, 0, 0);
            UnpairedLogps even = new UnpairedLogps(zero, zero, draws.vector(0, 0, 0, 1))
                    .withDesirableProbability(draws.vector(0.999, 0.01, 0.75, 0.999));
            double[] losses = LossLaws.losses(new Bco(0.3).at(RunningMoments.initial()), even);
            double log2 = Math.log(2);
            LossLaws.assertClose("losses", losses, new double[] {10 * log2, 0.5 * log2, 3 * log2, log2}, 1e-6);
        }
    }

    @Test
    void bcoWithoutShiftOnPairsIsHalfThePairedLoss() {
        try (Draws draws = new Draws(3)) {
            PairLogps pairs = new PairLogps(draws.normal(4), draws.normal(4), draws.normal(4), draws.normal(4));
            NDArray[] logps = pairs.withReference();
            UnpairedLogps single = UnpairedLogps.of(logps[0], logps[2], logps[1], logps[3]);
            assertThat(new Bco(0.3).at(new RunningMoments(0, 1, 1)).loss(single).value())
                    .isCloseTo(new BcoPair(0.3).loss(pairs).value() / 2, within(1e-12));
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("beta", () -> new Kto(0));
        LossLaws.assertRejects("undesirableWeight", () -> new Kto(0.1, 1, -1));
        LossLaws.assertRejects("desirableWeight", () -> new ApoZeroUnpaired(0.1, Double.NaN, 1));
        LossLaws.assertRejects("maxDensityRatio", () -> new Bco(0.1, 2, 1));
        try (Draws draws = new Draws(1)) {
            NDArray two = draws.vector(-1, -2);
            NDArray three = draws.vector(-1, -2, -3);
            UnpairedLogps plain = new UnpairedLogps(two, two, draws.vector(0, 1));
            Kto kto = new Kto(0.1);
            LossLaws.assertRejects("klLogps", () -> kto.loss(plain));
            LossLaws.assertRejects("refKlLogps", () -> kto.loss(plain.withKl(two, three)));
            LossLaws.assertRejects("labels", () -> kto.loss(new UnpairedLogps(two, two, draws.vector(1, 2))));
            LossLaws.assertRejects("labels", () -> kto.loss(new UnpairedLogps(two, two, three)));
            LossLaws.assertRejects("refLogps", () -> kto.loss(new UnpairedLogps(two, three, two)));
            NDArray one = draws.vector(-1);
            LossLaws.assertRejects(
                    "klLogps", () -> kto.loss(new UnpairedLogps(one, one, draws.vector(1)).withKl(one, one)));
            LossLaws.assertRejects(
                    "desirableProbability",
                    () -> new Bco(0.1).loss(plain.withDesirableProbability(draws.vector(1.5, 0))));
            LossLaws.assertRejects("refRejectedLogps", () -> UnpairedLogps.of(two, two, three, two));
            assertThat(new Bco(0.1)
                            .loss(plain.withDesirableProbability(draws.vector(0.5, Double.NaN)))
                            .value())
                    .as("what is not read may be anything")
                    .isFinite();
        }
    }
}
