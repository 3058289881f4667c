package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;

/** What a flow network is told besides the point on its way: which token's hidden state. Zhang et al. 2025 (RLFR). */
public enum FlowContext {
    /** The state of the token before, as in the paper's reinforcement learning; zeros for the first. */
    PREVIOUS,
    /** The state of the token after; zeros for the last. */
    NEXT,
    /** The state itself. */
    SAME;

    private static final Script SHIFT = Script.of("""
            def shift(self, states: Tensor, back: bool) -> Tensor:
              n = torch.size(states, 1)
              edge = torch.zeros_like(torch.slice(states, 1, 0, 1))
              if back:
                return torch.cat([edge, torch.slice(states, 1, 0, n - 1)], 1)
              return torch.cat([torch.slice(states, 1, 1, n), edge], 1)
            """);

    /**
     * The condition of each token, a constant for differentiation.
     *
     * @param states hidden states (B,T,D), T at least 1
     * @return (B,T,D); for {@link #SAME} the states themselves
     */
    public NDArray of(NDArray states) {
        Check.rank("states", states, 3);
        if (this == SAME) {
            return states;
        }
        try (GradientMode mode = GradientMode.paused()) {
            return SHIFT.call(states, this == PREVIOUS);
        }
    }
}
