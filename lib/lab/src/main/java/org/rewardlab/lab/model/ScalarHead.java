package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Script;

/** One number from a row of sparse features: a weighted sum, or such sums through one hidden layer. */
final class ScalarHead {
    private static final String BAG = "torch.embedding_bag(w, positions, starts, False, 0, False, values, False)";

    private static final Script LINEAR =
            Script.of("def linear(self, w: Tensor, positions: Tensor, values: Tensor, starts: Tensor) -> Tensor:\n"
                    + "  sums, a, b, c = " + BAG + "\n"
                    + "  return torch.squeeze(sums, -1)\n");

    private static final Script HIDDEN = Script.of(
            "def hidden(self, w: Tensor, bias: Tensor, out: Tensor, positions: Tensor, values: Tensor, starts: Tensor) -> Tensor:\n"
                    + "  sums, a, b, c = " + BAG + "\n"
                    + "  return torch.matmul(torch.tanh(torch.add(sums, bias)), out)\n");

    private ScalarHead() {}

    /**
     * The scores of a batch.
     *
     * @param parameters weights (D,1); or weights (D,H), biases (H) and weights of the hidden units (H)
     * @return one score a row, (B)
     */
    static NDArray scores(List<NDArray> parameters, SparseBatch batch) {
        NDArray weights = parameters.get(0);
        return parameters.size() == 1
                ? LINEAR.call(weights, batch.positions(), batch.values(), batch.starts())
                : HIDDEN.call(
                        weights,
                        parameters.get(1),
                        parameters.get(2),
                        batch.positions(),
                        batch.values(),
                        batch.starts());
    }
}
