package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * One utility from the rewards of several properties, such as helpful and harmless. Wang et al. 2024 ("Transforming and
 * combining rewards"), eq. 7.
 *
 * <p>A sum of rewards lets much of one property make up for none of another; a sum of {@link LogSigmoidUtility} is the
 * log-probability that all properties hold, if they are independent: a logical and.
 *
 * <pre>{@code
 * var rewards = nd.create(new float[][] {{8, 1}, {-4, 1}});  // helpful: much, some; harmless: not at all, some
 * new RewardCombination(RewardCombination.Method.RAW).combine(rewards, null)
 * // => ND: (2) cpu() float32 [4., 2.]
 * new RewardCombination(RewardCombination.Method.LOG_SIGMOID).combine(rewards, rewards.zerosLike())
 * // => ND: (2) cpu() float32 [-4.0185, -0.6265]
 * new RewardCombination(RewardCombination.Method.WORST).combine(rewards, rewards.zerosLike())
 * // => ND: (2) cpu() float32 [-4.0181, -0.3133]
 * }</pre>
 *
 * @param method how rewards are combined
 * @param weights of the properties (R), at least 0; empty for 1 each
 */
public record RewardCombination(Method method, List<Double> weights) implements Serializable {

    /** Combinations of rewards r with references. */
    public enum Method {
        /** {@code sum w r}: what is usual. */
        RAW("raw"),
        /** {@code sum w (r - reference)}: for a policy that is tilted by it, the same. */
        CENTERED("centered"),
        /** {@code sum w log sigmoid(r - reference)}. */
        LOG_SIGMOID("lsc"),
        /** {@code min log sigmoid(r - reference)}: the worst property alone, whatever the weights. */
        WORST("min");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        /** The method of that name. */
        public static Method of(String name) {
            return Check.labelled("method", values(), name);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private static final Script COMBINE = Script.of("""
            def combine(self, rewards: Tensor, references: Tensor, weights: Tensor, centred: bool, log: bool, least: bool) -> Tensor:
              u = rewards
              if centred:
                u = u - torch.detach(references)
              if log:
                u = torch.log_sigmoid(u)
              if least:
                u = torch.amin(u, [0])
              else:
                u = torch.sum(torch.unsqueeze(weights, -1) * u, [0])
              return u
            """);

    public RewardCombination {
        weights = List.copyOf(weights);
        weights.forEach(weight -> Check.notNegative("weights", weight));
    }

    /** With a weight of 1 for each property. */
    public RewardCombination(Method method) {
        this(method, List.of());
    }

    /**
     * The utility of each response.
     *
     * @param rewards of R properties (R,B), differentiable
     * @param references what they are measured by (R,B), constant; may be absent for {@link Method#RAW}
     * @return (B)
     * @throws IllegalArgumentException for other shapes, another number of weights, no property, an empty batch, NaN
     */
    public NDArray combine(NDArray rewards, @Nullable NDArray references) {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        int properties = (int) rewards.getShape().get(0);
        if (!weights.isEmpty() && weights.size() != properties) {
            throw Check.failure("weights", properties + " numbers, one for each property", weights);
        }
        ValueCheck check = ValueCheck.of().noNaN("rewards", rewards);
        NDArray centre = rewards;
        if (references != null || method != Method.RAW) {
            centre = Check.present("references", references, method.toString());
            Check.sameShape("references", centre, "rewards", rewards);
            check.noNaN("references", centre);
        }
        check.run();
        double[] numbers = new double[properties];
        for (int r = 0; r < properties; r++) {
            numbers[r] = weights.isEmpty() ? 1 : weights.get(r);
        }
        boolean least = method == Method.WORST;
        try (Scope scope = Scope.open()) {
            NDArray w = Tensors.create(rewards.getManager(), numbers, rewards.getDataType(), properties);
            return scope.keep(COMBINE.call(
                    rewards, centre, w, method != Method.RAW, method == Method.LOG_SIGMOID || least, least));
        }
    }
}
