package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * ReMax: reward-to-go minus the score of the greedy answer to the same prompt. Li et al. 2024, algorithm 1.
 *
 * <p>With baselines of 0 it is undiscounted REINFORCE.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{0, 1}, {0, 0}}), nd.create(new float[][] {{1, 1}, {1, 1}}))
 *         .withBaselines(nd.create(new float[] {0.5f, 0.5f}));       // what the greedy answers earned
 * new Remax().estimate(rollouts).advantages()
 * // => ND: (2, 2) cpu() float32 [[0.5, 0.5], [-0.5, -0.5]]
 * }</pre>
 */
public record Remax() implements AdvantageEstimator {

    private static final Script MINUS_BASELINE = Script.of("""
            def minus(self, returns: Tensor, baselines: Tensor, mask: Tensor) -> Tensor:
              baseline = torch.unsqueeze(torch.type_as(baselines, returns), -1)
              return torch.sub(returns, torch.mul(torch.type_as(torch.ne(mask, 0), returns), baseline))
            """);

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.BASELINES);
    }

    /** {@inheritDoc} Reads rewards, mask and baselines; outside the mask, advantages are the returns. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        NDArray baselines = Check.present("baselines", rollouts.baselines(), "ReMax");
        ValueCheck.of().noNaN("baselines", baselines).run();
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray returns = Returns.toGo(rollouts.rewards(), rollouts.mask());
            NDArray advantages = MINUS_BASELINE.call(returns, baselines, rollouts.mask());
            return new Advantages(scope.keep(advantages), scope.keep(returns));
        }
    }
}
