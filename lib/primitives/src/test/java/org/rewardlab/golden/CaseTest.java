package org.rewardlab.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseTest {

    /** An adapter that reads a count must not cut it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01 | jaccard_repetition | min_tokens | {'candidate': [1], 'contexts': [[1]], 'stop_words': []}",
                "01 | sentence_reward | min_len | {'status': [], 'strategy': [], 'length': []}",
                "04 | lifo_annotation_queue | batch_size | {'arrivals': []}",
                "12 | implicit_step_reward | num_steps | {'logps': [[-1]], 'old_logps': [[-1]], 'step_ids': [[0]]}",
                "12 | trajectory_dpo_loss | group_size | {'step_rewards': [[1]], 'step_mask': [[1]], 'outcome': [1]}",
                "20 | fork_relative_advantage | ddof | {'node_ids': [[0]], 'node_reward': [1]}",
                "36 | flowReward | topK | {'score': [[1]], 'mask': [[1]]}",
                "36 | rlfrAdvantage | groupSize | {'flowReward': [[1]], 'mask': [[1]], 'outcome': [1]}",
                "43 | emotionTrajectory | maxTurns | {'changes': [1]}"
            })
    void aCountThatIsNotWholeIsRejectedByName(String card, String primitive, String param, String inputs) {
        assertThatThrownBy(() -> run(card, primitive, "{'inputs': " + inputs + ", 'params': {'" + param + "': 2.7}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(param + ": expected a whole number, got 2.7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01 | jaccard_repetition | candidate | {'candidate': [2.7], 'contexts': [[1]], 'stop_words': []}",
                "04 | lifo_annotation_queue | arrivals | {'arrivals': [[2.7]]}",
                "04 | retrieval_reward | table | {'table': [[2.7, 1]], 'message_ids': [[1]]}",
                "12 | implicit_step_reward | step_ids | {'logps': [[-1]], 'old_logps': [[-1]], 'step_ids': [[2.7]]}",
                "00 | repetition_penalty_reward | completion_ids | {'completion_ids': [[2.7]]}",
                "00 | adaptive_kl_controller | n_steps | {'kl': [1], 'n_steps': [2.7]}",
                "00 | response_mask_from_eos | response_ids | {'response_ids': [[2.7]]}"
            })
    void anIdThatIsNotWholeIsRejectedByName(String card, String primitive, String input, String inputs) {
        String params =
                "{'batch_size': 1, 'num_steps': 1, 'eos_ids': [1], 'init_kl_coef': 1, 'target_kl': 1, 'horizon': 1}";
        assertThatThrownBy(() -> run(card, primitive, "{'inputs': " + inputs + ", 'params': " + params + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(input + ": expected a whole number, got 2.7");
    }

    @Test
    void largeIdsKeepEachDigit() throws JsonProcessingException {
        assertThat(Case.ids("ids", new ObjectMapper().readTree("[[9007199254740993, 2.0]]")))
                .containsExactly(9007199254740993L, 2);
    }

    private static void run(String card, String primitive, String json) throws JsonProcessingException {
        var adapter =
                Objects.requireNonNull(Objects.requireNonNull(Card.of(card)).adapter(primitive), primitive);
        try (NDManager manager = NDManager.newBaseManager()) {
            Case c = new Case(new ObjectMapper().readTree(json.replace('\'', '"')), manager, DataType.FLOAT64);
            String result = adapter.apply(c).getClass().getSimpleName();
            throw new AssertionError("no rejection, but " + result);
        }
    }
}
