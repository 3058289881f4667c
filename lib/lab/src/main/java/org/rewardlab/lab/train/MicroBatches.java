package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * Differentiates one loss of many rows while only a few of them hold their activations, as in GradCache (Gao et al. 2021).
 *
 * <p>First all rows are scored without recording, the loss is taken of all scores, and its derivative with respect to each
 * score is kept; then each micro-batch is scored again and differentiated against its part of these. Whatever the loss
 * divides by, or compares between rows, it sees the whole batch: value and gradients are those of one large batch.
 */
final class MicroBatches {

    private static final Script NARROW = Script.of("""
            def narrow(self, x: Tensor, start: int, length: int) -> Tensor:
              return torch.narrow(x, 0, start, length)
            """);

    private static final Script JOIN = Script.of("""
            def join(self, parts: List[Tensor]) -> Tensor:
              return torch.cat(parts, 0)
            """);

    private MicroBatches() {}

    /**
     * Adds the derivative of a loss to the gradients of the parameters below it.
     *
     * @param batch all rows
     * @param size rows at once, 0 for all
     * @param scores what the model says of some rows, differentiable; rows first
     * @param loss one number from the scores of all rows
     * @param term what the loss is called if it is not finite, in which case nothing is added
     * @param remedy what to try then
     * @return the loss
     */
    static double backward(
            SequenceBatch batch,
            int size,
            Function<SequenceBatch, NDArray> scores,
            Function<NDArray, NDArray> loss,
            String term,
            String remedy) {
        int rows = (int) batch.ids().getShape().get(0);
        try (Scope scope = Scope.open()) {
            if (size == 0 || size >= rows) {
                NDArray total = Gradients.record(() -> loss.apply(scores.apply(batch)));
                double value = NonFiniteTerm.check(term, Tensors.toDoubles(total)[0], remedy);
                Gradients.backward(total);
                return value;
            }
            NDArray all = Gradients.leaf(scored(batch, rows, size, scores));
            NDArray total = Gradients.record(() -> loss.apply(all));
            double value = NonFiniteTerm.check(term, Tensors.toDoubles(total)[0], remedy);
            Gradients.backward(total);
            NDArray derivative = Gradients.of(all);
            for (int from = 0; from < rows; from += size) {
                int count = Math.min(size, rows - from);
                int start = from;
                try (Scope each = Scope.open()) {
                    NDArray part = Gradients.record(() -> scores.apply(rows(batch, start, count)));
                    Gradients.backward(part, NARROW.call(derivative, (long) start, (long) count));
                }
            }
            return value;
        }
    }

    /** Scores of all rows without recording, some at a time. */
    static NDArray scored(SequenceBatch batch, int rows, int size, Function<SequenceBatch, NDArray> scores) {
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            List<NDArray> parts = new ArrayList<>();
            for (int from = 0; from < rows; from += size) {
                try (Scope each = Scope.open()) {
                    parts.add(each.keep(scores.apply(rows(batch, from, Math.min(size, rows - from)))));
                }
            }
            return scope.keep(JOIN.call((Object) parts.toArray(NDArray[]::new)));
        }
    }

    private static SequenceBatch rows(SequenceBatch batch, int from, int count) {
        return new SequenceBatch(
                NARROW.call(batch.ids(), (long) from, (long) count),
                NARROW.call(batch.places(), (long) from, (long) count),
                NARROW.call(batch.mask(), (long) from, (long) count));
    }
}
