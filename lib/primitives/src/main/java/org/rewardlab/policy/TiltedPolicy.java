package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * The policy that reinforcement learning with a KL penalty tends to, in closed form: {@code p exp(utility / gamma) / Z}. Wang et
 * al. 2024 ("Transforming and combining rewards"), eq. 2; the same tilting is behind DPO and best-of-n.
 *
 * <p>gamma to infinity is the base policy, gamma to 0 its best response. A constant added to the utilities of a prompt changes
 * nothing. Constants for differentiation.
 *
 * @param probabilities of N responses (N), or of P prompts (P,N)
 * @param kl divergence from the base policy in nats, () or (P)
 */
public record TiltedPolicy(NDArray probabilities, NDArray kl) {

    private static final int HALVINGS = 60;
    private static final double LARGEST_LOG_GAMMA = 6;

    private static final Script TILT = Script.of("""
            def tilt(self, probs: Tensor, utility: Tensor, gamma: float) -> List[Tensor]:
              none = torch.eq(probs, 0)
              zero = torch.zeros_like(probs)
              u = torch.type_as(utility, probs)
              highest = torch.amax(torch.where(none, torch.amin(u, [-1], True), u), [-1], True)
              logp = torch.log_softmax(torch.where(none, torch.log(zero), torch.log(probs) + (u - highest) / gamma), -1)
              p = torch.exp(logp)
              some = torch.gt(p, 0)
              ratio = torch.where(some, logp, zero) - torch.where(some, torch.log(probs), zero)
              return [p, torch.sum(p * ratio, [-1])]
            """);

    /**
     * The tilted policy.
     *
     * @param probs of the base policy (N) or (P,N), at least 0, each row some above 0; rows are taken as they are, not normalized
     *     first
     * @param utility of each response, of the same shape, finite where the probability is above 0
     * @param gamma strength of the penalty, above 0
     * @throws IllegalArgumentException for other shapes, gamma not above 0, NaN, negative probabilities, a row of zeros
     */
    public static TiltedPolicy of(NDArray probs, NDArray utility, double gamma) {
        Check.positive("gamma", gamma);
        check(probs, utility);
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = TILT.callMany(probs, utility, gamma);
            return new TiltedPolicy(results[0], results[1]);
        }
    }

    /**
     * The gamma whose tilted policies are on average a given divergence away from the base policies: what makes arms with
     * utilities of different scales comparable.
     *
     * <p>By 60 halvings of log gamma in [-6, 6]; a target out of reach gives an end of that range.
     *
     * @param probs of the base policy (N) or (P,N)
     * @param utility of the same shape
     * @param kl the mean divergence wanted, in nats, above 0
     * @throws IllegalArgumentException as {@link #of}
     */
    public static double gammaForKl(NDArray probs, NDArray utility, double kl) {
        Check.positive("kl", kl);
        check(probs, utility);
        double low = -LARGEST_LOG_GAMMA;
        double high = LARGEST_LOG_GAMMA;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (meanKl(probs, utility, Math.exp(middle)) > kl) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private static double meanKl(NDArray probs, NDArray utility, double gamma) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = TILT.callMany(probs, utility, gamma);
            double[] each = Tensors.toDoubles(results[1]);
            for (NDArray result : results) {
                result.close();
            }
            double sum = 0;
            for (double divergence : each) {
                sum += divergence;
            }
            return sum / each.length;
        }
    }

    private static void check(NDArray probs, NDArray utility) {
        int rank = probs.getShape().dimension();
        if (rank != 1 && rank != 2) {
            throw Check.failure("probs", "(N) or (P,N)", "shape " + probs.getShape());
        }
        Check.floating("probs", probs);
        Check.rank("probs", probs, rank);
        Check.sameShape("utility", utility, "probs", probs);
        ValueCheck.of()
                .within("probs", probs, 0, Double.MAX_VALUE)
                .noNaN("utility", utility)
                .run();
        int width = (int) probs.getShape().get(rank - 1);
        double[] numbers = Tensors.toDoubles(probs);
        for (int row = 0; row < numbers.length; row += width) {
            double total = 0;
            for (int i = row; i < row + width; i++) {
                total += numbers[i];
            }
            if (!(total > 0)) {
                throw Check.failure("probs", "a number above 0 in each row", "none");
            }
        }
    }
}
