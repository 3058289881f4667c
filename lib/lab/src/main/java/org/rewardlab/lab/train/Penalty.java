package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Script;

/** Keeps parameters small. */
final class Penalty {
    private static final Script L2 = Script.of("""
            def l2(self, loss: Tensor, weights: List[Tensor], strength: float) -> Tensor:
              total = loss
              for w in weights:
                total = torch.add(total, torch.mul(torch.sum(torch.square(w)), strength / 2.))
              return total
            """);

    private Penalty() {}

    /** {@code loss + strength / 2 * sum of squared weights}. */
    static NDArray l2(NDArray loss, List<NDArray> weights, double strength) {
        return strength == 0 ? loss : L2.call(loss, weights.toArray(NDArray[]::new), strength);
    }
}
