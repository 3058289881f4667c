package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/** Log-probabilities of whole responses under a frozen model, as Java numbers. */
final class SequenceSums {
    private static final int ROWS = 64;

    private SequenceSums() {}

    /** The log-probability of each response given its prompt, some rows at a time. */
    static double[] of(CausalLm model, List<int[]> prompts, List<int[]> responses, int padId) {
        double[] sums = new double[prompts.size()];
        for (int from = 0; from < sums.length; from += ROWS) {
            int to = Math.min(sums.length, from + ROWS);
            try (NDManager manager = NDManager.newBaseManager();
                    Scope scope = Scope.open();
                    GradientMode mode = GradientMode.paused()) {
                SequenceBatch batch = SequenceBatch.of(
                        manager, model.dataType(), prompts.subList(from, to), responses.subList(from, to), padId);
                NDArray rows = Masked.sumRows(model.responseLogps(batch, 1), batch.mask());
                System.arraycopy(Tensors.toDoubles(rows), 0, sums, from, to - from);
            }
        }
        return sums;
    }

    /** The same of a batch that is there already (B), a constant. */
    static NDArray of(CausalLm model, SequenceBatch batch) {
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            return scope.keep(Masked.sumRows(model.responseLogps(batch, 1), batch.mask()));
        }
    }
}
