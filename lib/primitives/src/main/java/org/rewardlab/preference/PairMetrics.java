package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Metrics;

/** What every paired loss reports, under the names that users know. */
final class PairMetrics {

    private static final List<String> NAMES = List.of(
            "rewards/chosen",
            "rewards/rejected",
            "rewards/accuracies",
            "rewards/margins",
            "logps/chosen",
            "logps/rejected");

    /** A method for scripts: the metrics of rewards {@code wc, wr} and log-probabilities {@code pc, pr}, each (B). */
    static final String SOURCE = """

            def metrics(self, wc: Tensor, wr: Tensor, pc: Tensor, pr: Tensor) -> Tensor:
              rows = torch.stack([wc, wr, torch.type_as(wc > wr, wc), wc - wr, pc, pr], 0)
              return torch.mean(torch.detach(rows), [1])
            """;

    private PairMetrics() {}

    /** The metrics in the order of {@link #SOURCE}, followed by others. */
    static Metrics of(NDArray values, String... more) {
        if (more.length == 0) {
            return new Metrics(NAMES, values);
        }
        var names = new java.util.ArrayList<>(NAMES);
        names.addAll(List.of(more));
        return new Metrics(names, values);
    }
}
