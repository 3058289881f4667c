package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Tensors;

/** Answers that can all be written down. */
class ShortAnswersTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final RandomGenerator random = new Seeds(11).generator();
    private final ShortAnswers task = new ShortAnswers(3, random);

    @AfterEach
    void close() {
        manager.close();
    }

    private static double[] rowSums(NDArray array) {
        return Arrays.stream(Tensors.toRows(array))
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
    }

    @Test
    void everyAnswerIsThereOnce() {
        assertThat(ShortAnswers.answers()).isEqualTo(1 + 3 + 9 + 27 + 81);
        NDArray logps = task.along(task.reference(manager).logSoftmax(1));
        for (double total : rowSums(logps.exp())) {
            assertThat(total).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void expectationsAreThoseOfSamples() {
        NDArray logits = task.worth(manager).mul(0.5);
        NDArray logps = logits.logSoftmax(1);
        NDArray base = task.reference(manager).logSoftmax(1);
        var words = task.sample(logits, 20_000, random).words(manager);
        double gold = Arrays.stream(rowSums(words.read(task.worth(manager))))
                .average()
                .orElseThrow();
        double kl =
                Arrays.stream(rowSums(words.read(logps.sub(base)))).average().orElseThrow();
        assertThat(task.gold(logits)).isCloseTo(gold, within(0.05));
        assertThat(task.kl(logits)).isCloseTo(kl, within(0.05));
        assertThat(task.kl(task.reference(manager))).isCloseTo(0, within(1e-12));
    }

    @Test
    void theJudgePrefersWhatIsBetterAsOftenAsBradleyAndTerrySay() {
        var judged = task.pairs(4_000, random);
        NDArray worth = task.worth(manager);
        double[] chosen = rowSums(judged.chosen().words(manager).read(worth));
        double[] rejected = rowSums(judged.rejected().words(manager).read(worth));
        double won = 0;
        double expected = 0;
        for (int n = 0; n < chosen.length; n++) {
            won += chosen[n] > rejected[n] ? 1.0 / chosen.length : 0;
            expected += 1 / (1 + Math.exp(-Math.abs(chosen[n] - rejected[n]))) / chosen.length;
        }
        assertThat(won).isCloseTo(expected, within(0.02));
        double[] sampled = rowSums(judged.sampled().words(manager).read(worth));
        for (int n = 0; n < chosen.length; n++) {
            assertThat(sampled[n]).isIn(chosen[n], rejected[n]);
        }
        assertThat(Arrays.stream(sampled).average().orElseThrow())
                .isCloseTo(task.gold(task.reference(manager)), within(0.1));
    }

    @Test
    void theBestOfSeveralIsBetter() {
        var judged = task.pairs(500, random);
        NDArray worth = task.worth(manager);
        double best = Arrays.stream(rowSums(
                        task.bestOf(8, judged.chosen(), random).words(manager).read(worth)))
                .average()
                .orElseThrow();
        double chosen = Arrays.stream(rowSums(judged.chosen().words(manager).read(worth)))
                .average()
                .orElseThrow();
        assertThat(best).isGreaterThan(chosen + 0.5);
    }

    @Test
    void nothingIsReadBehindTheEnd() {
        var words = task.sample(task.reference(manager), 200, random).words(manager);
        double[][] mask = Tensors.toRows(words.mask());
        double[] slots = Tensors.toDoubles(words.slots());
        double[][] read = Tensors.toRows(words.read(task.worth(manager).onesLike()));
        for (int n = 0; n < mask.length; n++) {
            boolean ended = false;
            for (int t = 0; t < ShortAnswers.LENGTH; t++) {
                assertThat(mask[n][t]).isEqualTo(ended ? 0 : 1);
                assertThat(read[n][t]).isEqualTo(mask[n][t]);
                ended |= slots[n * ShortAnswers.LENGTH + t] % ShortAnswers.WORDS == ShortAnswers.WORDS - 1;
            }
        }
    }

    @Test
    void readingIsDifferentiableByTheTable() {
        var words = task.sample(task.reference(manager), 2, random).words(manager);
        NDArray leaf = Gradients.leaf(task.reference(manager));
        Gradients.backward(Gradients.record(() -> words.read(leaf).sum()));
        double uses = Arrays.stream(Tensors.toDoubles(words.mask())).sum();
        assertThat(Arrays.stream(Tensors.toDoubles(Gradients.of(leaf))).sum()).isEqualTo(uses);
    }

    @Test
    void theSameSeedGivesTheSameTask() {
        var one = new ShortAnswers(2, new Seeds(5).generator());
        var two = new ShortAnswers(2, new Seeds(5).generator());
        assertThat(Tensors.toDoubles(one.worth(manager))).isEqualTo(Tensors.toDoubles(two.worth(manager)));
        assertThat(one.reference(manager).getDataType()).isEqualTo(DataType.FLOAT64);
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> new ShortAnswers(0, random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("questions");
        assertThatThrownBy(() -> task.pairs(0, random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("each");
    }
}
