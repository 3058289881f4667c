package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Tensors;

class SequenceBatchTest {

    @Test
    void responsesAreScoredWhereTheyStand() {
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused();
                CausalLm model = CausalLm.create(TransformerConfig.of(11, 16, 2, 4, 12), 7);
                ValueModel critic = ValueModel.from(model)) {
            SequenceBatch batch = SequenceBatch.of(
                    manager,
                    DataType.FLOAT32,
                    List.of(new int[] {1, 4, 2}, new int[] {5}),
                    List.of(new int[] {9, 1}, new int[] {3, 3, 8}),
                    0);
            assertThat(Tensors.toRows(batch.mask())).isDeepEqualTo(new double[][] {{1, 1, 0}, {1, 1, 1}});
            double[][] logps = Tensors.toRows(model.responseLogps(batch, 1));
            double[] first = Tensors.toDoubles(model.logps(Tensors.create(manager, new long[] {1, 4, 2, 9, 1}, 1, 5)));
            double[] second = Tensors.toDoubles(model.logps(Tensors.create(manager, new long[] {5, 3, 3, 8}, 1, 4)));
            for (int t = 0; t < 2; t++) {
                assertThat(logps[0][t]).isCloseTo(first[2 + t], within(1e-5));
            }
            assertThat(logps[0][2]).isZero();
            for (int t = 0; t < 3; t++) {
                assertThat(logps[1][t]).isCloseTo(second[t], within(1e-5));
            }
            assertThat(Tensors.toDoubles(critic.values(batch))).containsOnly(0);
            assertThat(Tensors.toDoubles(critic.scores(batch.ids(), Tensors.create(manager, new long[] {4, 3}, 2))))
                    .containsOnly(0);
        }
    }

    @Test
    void emptyPromptsAreRejected() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(() ->
                            SequenceBatch.of(manager, DataType.FLOAT32, List.of(new int[0]), List.of(new int[] {1}), 0))
                    .hasMessage("prompts: expected prompts of at least one token, got an empty one in row 0");
        }
    }
}
