package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/** A term that is added to a policy loss, and named among its metrics. */
final class Regularizer {

    private static final Script ADD = Script.of("""
            def add(self, loss: Tensor, term: Tensor, coefficient: float) -> Tensor:
              return loss + term * coefficient
            """);

    private static final Script APPEND = Script.of("""
            def append(self, metrics: Tensor, term: Tensor) -> Tensor:
              return torch.cat([metrics, torch.reshape(torch.type_as(torch.detach(term), metrics), [1])], 0)
            """);

    private static final Script SLOPE = Script.of("""
            def slope(self, weights: Tensor, coefficient: float, before: List[Tensor]) -> Tensor:
              slope = weights * coefficient
              if len(before) > 0:
                slope = slope + before[0]
              return slope
            """);

    private Regularizer() {}

    /** {@code loss + coefficient * term}, the term under a name among the metrics. */
    static LossOutput add(LossOutput result, NDArray term, double coefficient, String name) {
        List<String> names = new ArrayList<>(result.metrics().names());
        names.add(name);
        Metrics metrics = new Metrics(names, APPEND.call(result.metrics().values(), term));
        return new LossOutput(ADD.call(result.loss(), term, coefficient), result.losses(), metrics);
    }

    /** {@code coefficient * weights}, plus what was there before. */
    static NDArray slope(NDArray weights, double coefficient, @Nullable NDArray before) {
        return SLOPE.call(weights, coefficient, before == null ? PolicyFormula.NONE : new NDArray[] {before});
    }
}
