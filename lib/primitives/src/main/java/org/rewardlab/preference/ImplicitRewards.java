package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;

/**
 * The rewards that a policy implies by how far it moved from its reference. Rafailov et al. 2023, section 5.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * ImplicitRewards.of(pairs, 0.5).chosen()
 * // => ND: (2) cpu() float32 [0.5, 0.5]
 * ImplicitRewards.of(pairs, 0.5).rejected()
 * // => ND: (2) cpu() float32 [-0.5, 1.]
 * }</pre>
 *
 * @param chosen {@code beta * (chosenLogps - refChosenLogps)} (B), constant
 * @param rejected the same of the rejected responses (B)
 */
public record ImplicitRewards(NDArray chosen, NDArray rejected) {

    private static final Script REWARD = Script.of("""
            def reward(self, logps: Tensor, ref: Tensor, beta: float) -> Tensor:
              return beta * torch.detach(logps - ref)
            """);

    /** The implicit rewards of pairs, never divided by lengths; rejects a beta that is not above 0. */
    public static ImplicitRewards of(PairLogps pairs, double beta) {
        Check.positive("beta", beta);
        NDArray[] logps = pairs.withReference();
        return new ImplicitRewards(REWARD.call(logps[0], logps[2], beta), REWARD.call(logps[1], logps[3], beta));
    }

    /** The implicit rewards (N) of single responses, {@code beta * (logps - refLogps)}. */
    public static NDArray of(UnpairedLogps responses, double beta) {
        Check.positive("beta", beta);
        responses.check();
        return REWARD.call(responses.logps(), responses.refLogps(), beta);
    }
}
