package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.policy.NegativeLogLikelihood;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.policy.TokenLogps;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

class MicroBatchesTest {

    static Stream<BiFunction<NDArray, SequenceBatch, NDArray>> losses() {
        return Stream.of(
                (logps, batch) -> new NegativeLogLikelihood()
                        .loss(new TokenLogps(logps, batch.mask()))
                        .loss(),
                (logps, batch) -> PreferenceLoss.aot(0.3) // sorts over the batch
                        .loss(TokenPairs.logps(
                                logps, batch, logps.stopGradient().sum(new int[] {1})))
                        .loss(),
                (logps, batch) -> PreferenceLoss.simpo(2, 0.5)
                        .loss(TokenPairs.logps(logps, batch, null))
                        .loss(),
                (logps, batch) -> PolicyLoss.grpo(0.2)
                        .loss(new PolicyBatch(logps, logps.stopGradient(), advantages(logps), batch.mask()))
                        .loss());
    }

    private static NDArray advantages(NDArray logps) {
        double[] numbers = new double[(int) logps.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.sin(i);
        }
        return Tensors.create(
                logps.getManager(), numbers, DataType.FLOAT32, logps.getShape().getShape());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossAndGradientsAreThoseOfTheWholeBatch(BiFunction<NDArray, SequenceBatch, NDArray> loss) {
        try (CausalLm model = LettersFixture.model(4)) {
            List<double[]> gradients = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int size : new int[] {0, 1, 3, 5, 100}) {
                try (NDManager manager = NDManager.newBaseManager();
                        Scope scope = Scope.open()) {
                    SequenceBatch batch = batch(manager);
                    values.add(MicroBatches.backward(
                            batch,
                            size,
                            some -> model.responseLogps(some, 1),
                            logps -> loss.apply(logps, batch),
                            "loss",
                            ""));
                    gradients.add(LettersFixture.numbers(
                            model.parameters().stream().map(Gradients::of).toList()));
                    model.parameters().forEach(Gradients::zero);
                }
            }
            double[] whole = gradients.get(0);
            assertThat(java.util.Arrays.stream(whole).map(Math::abs).max().orElseThrow())
                    .isGreaterThan(1e-3);
            for (int i = 1; i < gradients.size(); i++) {
                assertThat(values.get(i)).isCloseTo(values.get(0), within(1e-6));
                assertThat(gradients.get(i)).usingComparatorWithPrecision(1e-6).containsExactly(whole);
            }
        }
    }

    private static SequenceBatch batch(NDManager manager) {
        List<TokenPairs.Pair> pairs = new ArrayList<>();
        for (PreferencePair pair : LettersFixture.pairs(7)) {
            pairs.add(new TokenPairs.Pair(
                    LettersFixture.LETTERS.encode(pair.prompt()),
                    Texts.ended(LettersFixture.LETTERS, pair.chosen()),
                    Texts.ended(LettersFixture.LETTERS, pair.rejected())));
        }
        return TokenPairs.batch(manager, DataType.FLOAT32, pairs, 0);
    }
}
