package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;

/**
 * The rewards that a policy implies by how far it moved from its reference. Rafailov et al. 2023, section 5.
 *
 * @param chosen {@code beta * (chosenLogps - refChosenLogps)} (B), constant
 * @param rejected the same of the rejected responses (B)
 */
public record ImplicitRewards(NDArray chosen, NDArray rejected) {

    private static final Script REWARD = Script.of("""
            def reward(self, logps: Tensor, ref: Tensor, beta: float) -> Tensor:
              return torch.mul(torch.detach(torch.sub(logps, ref)), beta)
            """);

    /** The implicit rewards of pairs; rejects a beta that is not above 0. */
    public static ImplicitRewards of(PairLogps logps, double beta) {
        Check.positive("beta", beta);
        logps.check();
        return new ImplicitRewards(
                REWARD.call(logps.chosenLogps(), logps.refChosenLogps(), beta),
                REWARD.call(logps.rejectedLogps(), logps.refRejectedLogps(), beta));
    }
}
