package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * Prompts with responses as a model reads them, and where the responses stand.
 *
 * @param ids prompt and response of each row, padded on the right (B,L), int64
 * @param places for each response token the position whose logits score it (B,T), int64; 0 on padding
 * @param mask 1 on response tokens (B,T)
 */
public record SequenceBatch(NDArray ids, NDArray places, NDArray mask) {

    private static final Script PICK_STATES = Script.of("""
            def pick(self, states: Tensor, places: Tensor) -> Tensor:
              index = torch.expand(torch.unsqueeze(places, -1), [-1, -1, torch.size(states, -1)])
              return torch.gather(states, 1, index)
            """);

    private static final Script PICK_NEXT = Script.of("""
            def pick(self, ids: Tensor, places: Tensor) -> Tensor:
              return torch.gather(ids, 1, torch.add(places, 1))
            """);

    /**
     * A batch of rows.
     *
     * @param prompts token ids, each of at least one token
     * @param responses token ids, as many as prompts, at least one of them not empty
     * @param padToken what fills rows up
     */
    public static SequenceBatch of(
            NDManager manager, DataType type, List<int[]> prompts, List<int[]> responses, int padToken) {
        int rows = prompts.size();
        if (rows == 0 || responses.size() != rows) {
            throw Check.failure("responses", "one for each of " + rows + " prompts, at least one", responses.size());
        }
        int length = 2;
        int longest = 1;
        for (int b = 0; b < rows; b++) {
            if (prompts.get(b).length == 0) {
                throw Check.failure("prompts", "prompts of at least one token", "an empty one in row " + b);
            }
            length = Math.max(length, prompts.get(b).length + responses.get(b).length);
            longest = Math.max(longest, responses.get(b).length);
        }
        long[] ids = new long[rows * length];
        Arrays.fill(ids, padToken);
        long[] places = new long[rows * longest];
        double[] mask = new double[rows * longest];
        for (int b = 0; b < rows; b++) {
            int[] prompt = prompts.get(b);
            int[] response = responses.get(b);
            for (int i = 0; i < prompt.length; i++) {
                ids[b * length + i] = prompt[i];
            }
            for (int t = 0; t < response.length; t++) {
                ids[b * length + prompt.length + t] = response[t];
                places[b * longest + t] = prompt.length + t - 1L;
                mask[b * longest + t] = 1;
            }
        }
        return new SequenceBatch(
                Tensors.create(manager, ids, rows, length),
                Tensors.create(manager, places, rows, longest),
                Tensors.create(manager, mask, type, rows, longest));
    }

    /** Hidden states (B,L,D) at the positions that score the responses (B,T,D). */
    public NDArray atResponses(NDArray states) {
        return PICK_STATES.call(states, places);
    }

    /** The response tokens (B,T); row padding holds some token of the row. */
    public NDArray responseIds() {
        return PICK_NEXT.call(ids, places);
    }
}
