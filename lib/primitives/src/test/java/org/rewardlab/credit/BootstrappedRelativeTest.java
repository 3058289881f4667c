package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

class BootstrappedRelativeTest {

    @Test
    void overAllReferencesTheAdvantagesOfAnAntisymmetricJudgeSumToZero() {
        try (Draws draw = new Draws(1)) {
            double[] quality = draw.random().doubles(7).toArray();
            double sum = 0;
            for (int reference = 0; reference < 7; reference++) {
                double[] verdicts = new double[7];
                for (int i = 0; i < 7; i++) {
                    verdicts[i] = Math.signum(quality[i] - quality[reference]);
                }
                double[] advantages =
                        Tensors.toDoubles(BootstrappedRelative.advantages(draw.vector(verdicts), reference));
                assertThat(advantages[reference]).isZero();
                sum += Arrays.stream(advantages).sum();
                for (int i = 0; i < 7; i++) {
                    verdicts[i] = -verdicts[i];
                }
                double[] flipped = Tensors.toDoubles(BootstrappedRelative.advantages(draw.vector(verdicts), reference));
                for (int i = 0; i < 7; i++) {
                    assertThat(flipped[i] + advantages[i]).isZero();
                }
            }
            assertThat(sum).isZero();
        }
    }

    @Test
    void theReferencesOwnEntryIsNotReadAndAnOutsiderTakesNobodysPlace() {
        try (Draws draw = new Draws(2)) {
            NDArray verdicts = draw.vector(1, Double.NaN, -1);
            assertThat(Tensors.toDoubles(BootstrappedRelative.advantages(verdicts, 1)))
                    .containsExactly(1, 0, -1);
            assertThat(Tensors.toDoubles(BootstrappedRelative.advantages(draw.vector(1, -1, 0))))
                    .containsExactly(1, -1, 0);
            LiveArrays.assertOneLeft(draw.manager(), () -> BootstrappedRelative.advantages(verdicts, 1));
            assertRejects("preferences", () -> BootstrappedRelative.advantages(verdicts, 0));
            assertRejects("preferences", () -> BootstrappedRelative.advantages(draw.vector(0.5, 1), 1));
            assertRejects("preferences", () -> BootstrappedRelative.advantages(draw.vector(0), 0));
            assertRejects("reference", () -> BootstrappedRelative.advantages(verdicts, 3));
            assertRejects("reference", () -> BootstrappedRelative.advantages(verdicts, -1));
        }
    }

    @Test
    void referencesAreDrawnUniformlyAndBySeed() {
        int[] counts = new int[4];
        Random random = new Random(3);
        for (int i = 0; i < 4000; i++) {
            counts[BootstrappedRelative.drawReference(4, random)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(900, 1100);
        }
        assertThat(BootstrappedRelative.drawReference(99, new Random(5)))
                .isEqualTo(BootstrappedRelative.drawReference(99, new Random(5)));
        assertRejects("groupSize", () -> BootstrappedRelative.drawReference(1, random));
    }

    @Test
    void tokenRewardsVanishWhereBothPromptsAgreeAndTurnWithThem() {
        try (Draws draw = new Draws(4)) {
            NDArray better = draw.logps(3, 5);
            NDArray worse = draw.logps(3, 5);
            NDArray mask = draw.raggedMask(3, 5);
            double[] rewards = Tensors.toDoubles(ContrastiveTokenRewards.of(better, worse, mask));
            double[] turned = Tensors.toDoubles(ContrastiveTokenRewards.of(worse, better, mask));
            double[] counted = Tensors.toDoubles(mask);
            double[] d = Tensors.toDoubles(better.sub(worse));
            for (int i = 0; i < rewards.length; i++) {
                assertThat(rewards[i]).isEqualTo(-turned[i]);
                assertThat(rewards[i])
                        .isCloseTo(
                                counted[i] * (1 / (1 + Math.exp(-d[i])) - 0.5),
                                org.assertj.core.api.Assertions.within(1e-12));
            }
            assertThat(Tensors.toDoubles(ContrastiveTokenRewards.of(better, better, mask)))
                    .containsOnly(0);
            assertThat(Tensors.toDoubles(ContrastiveTokenRewards.ofPolicy(better, worse, mask, 1)))
                    .isEqualTo(rewards);
            NDArray far = draw.of(new double[] {40, -40, 800}, 1, 3);
            assertThat(Tensors.toDoubles(ContrastiveTokenRewards.of(far, far.zerosLike(), far.onesLike())))
                    .containsExactly(0.5, -0.5, 0.5);
            LiveArrays.assertOneLeft(draw.manager(), () -> ContrastiveTokenRewards.of(better, worse, mask));
            assertRejects("worseLogps", () -> ContrastiveTokenRewards.of(better, draw.logps(3, 4), mask));
            assertRejects("mask", () -> ContrastiveTokenRewards.of(better, worse, mask.add(mask)));
            assertRejects("beta", () -> ContrastiveTokenRewards.ofPolicy(better, worse, mask, 0));
        }
    }
}
