package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import java.util.function.BiFunction;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.tensor.Entropy;
import org.rewardlab.tensor.LogProbs;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/** Log-probabilities of response tokens and one more number of each token's distribution, from one forward pass. */
final class PolicyScores {

    private static final Script BOTH = Script.of("""
            def both(self, a: Tensor, b: Tensor) -> Tensor:
              return torch.stack([a, b], 2)
            """);

    private static final Script PART = Script.of("""
            def part(self, both: Tensor, index: int) -> Tensor:
              return torch.contiguous(torch.select(both, 2, index))
            """);

    private PolicyScores() {}

    /** Log-probabilities and entropies, both differentiable: (B,T,2), 0 outside the mask. */
    static NDArray entropies(CausalLm policy, SequenceBatch batch, double temperature) {
        return of(policy, batch, temperature, Entropy::fromLogits);
    }

    /** Log-probabilities and sums of squared probabilities: (B,T,2), 0 outside the mask. */
    static NDArray squares(CausalLm policy, SequenceBatch batch, double temperature) {
        return of(policy, batch, temperature, Entropy::collision);
    }

    private static NDArray of(
            CausalLm policy, SequenceBatch batch, double temperature, BiFunction<NDArray, Double, NDArray> other) {
        try (Scope scope = Scope.open()) {
            NDArray logits = policy.responseLogits(batch);
            NDArray logps = LogProbs.fromLogits(logits, batch.responseIds(), temperature);
            return scope.keep(BOTH.call(
                    Masked.zeroOutside(logps, batch.mask()),
                    Masked.zeroOutside(other.apply(logits, temperature), batch.mask())));
        }
    }

    /** The log-probabilities (0) or the other numbers (1) of both: (B,T). */
    static NDArray part(NDArray both, int index) {
        return PART.call(both, (long) index);
    }
}
