package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Advantages of several component rewards and of staying near the reference, mixed by Lagrange multipliers. Moskovitz et
 * al. 2023.
 *
 * <p>With {@code lambda = squash(multipliers)}: {@code (N - sum lambda) A_kl + sum_i lambda_i A_i}, and without squashing
 * {@code A_kl + sum_i mu_i A_i}. Each stream may be standardised first (std with divisor n-1), so that no component
 * outweighs another by its scale alone; its moments are taken in float64, so that equal numbers become 0 in float32 too.
 * All is constant for differentiation; where every sigmoid weight is 0, N times the KL advantage is left.
 *
 * @param lambda weight of each component (N)
 * @param advantages the mixture, (B) or (B,T)
 */
public record ConstrainedAdvantages(NDArray lambda, NDArray advantages) {

    /** What is added to a standard deviation unless told otherwise. */
    public static final double EPSILON = 1e-8;

    private static final Script MIX = Script.of("""
            def mix(self, streams: Tensor, kl: Tensor, mask: Tensor, lam: Tensor, normalize: bool, squashed: bool, eps: float) -> List[Tensor]:
              lam = torch.type_as(torch.detach(lam), kl)
              counted = torch.ne(mask, 0)
              all = torch.cat([torch.type_as(torch.detach(streams), kl), torch.unsqueeze(torch.detach(kl), -1)], -1)
              wide = torch.unsqueeze(counted, -1)
              kept = torch.where(wide, all, torch.zeros_like(all))
              if normalize:
                m = torch.type_as(wide, kl)
                n = torch.sum(m)
                exact = torch.to(kept, 7)
                centred = (exact - self.total(exact) / n) * m
                std = torch.sqrt(self.total(centred * centred) / (n - 1.))
                kept = torch.type_as(centred / (std + eps), kl)
              k = torch.size(lam, 0)
              parts = torch.matmul(torch.narrow(kept, -1, 0, k), lam)
              rest = torch.select(kept, -1, k)
              weight = torch.full_like(torch.sum(lam), 1.)
              if squashed:
                weight = torch.rsub(torch.sum(lam), k)
              return [torch.clone(lam), weight * rest + parts]

            def total(self, x: Tensor) -> Tensor:
              return torch.sum(torch.reshape(x, [-1, torch.size(x, -1)]), [0])
            """);

    /**
     * One advantage for each sequence.
     *
     * @param constraintAdvantages of each component (B,N), N at least 1
     * @param klAdvantages of the KL reward (B)
     * @param multipliers one for each component (N)
     * @param squash how multipliers become weights
     * @param normalize whether each stream is standardised over the batch, of at least two
     * @param epsilon added to a standard deviation, at least 0
     * @return lambda (N), advantages (B)
     * @throws IllegalArgumentException for other shapes, numbers that are not finite, a batch of one to be standardised
     */
    public static ConstrainedAdvantages mix(
            NDArray constraintAdvantages,
            NDArray klAdvantages,
            NDArray multipliers,
            Squash squash,
            boolean normalize,
            double epsilon) {
        Check.vector("klAdvantages", klAdvantages);
        Check.matrix("constraintAdvantages", constraintAdvantages);
        if (normalize && klAdvantages.size() < 2) {
            throw Check.failure("klAdvantages", "at least two rows to standardise", klAdvantages.size());
        }
        try (Scope scope = Scope.open()) {
            NDArray all = klAdvantages.onesLike();
            ConstrainedAdvantages mixed =
                    tokens(constraintAdvantages, klAdvantages, all, multipliers, squash, normalize, epsilon);
            return new ConstrainedAdvantages(scope.keep(mixed.lambda), scope.keep(mixed.advantages));
        }
    }

    /**
     * One advantage for each token; what the mask does not count is 0 and counts in no moment.
     *
     * @param constraintAdvantages of each component (B,T,N)
     * @param klAdvantages of the KL reward (B,T)
     * @param mask 1 on tokens that count (B,T)
     * @param multipliers one for each component (N)
     * @return lambda (N), advantages (B,T)
     * @throws IllegalArgumentException as for sequences, and for a mask that counts nothing
     */
    public static ConstrainedAdvantages mix(
            NDArray constraintAdvantages,
            NDArray klAdvantages,
            NDArray mask,
            NDArray multipliers,
            Squash squash,
            boolean normalize,
            double epsilon) {
        Check.matrix("klAdvantages", klAdvantages);
        Check.rank("constraintAdvantages", constraintAdvantages, 3);
        return tokens(constraintAdvantages, klAdvantages, mask, multipliers, squash, normalize, epsilon);
    }

    private static ConstrainedAdvantages tokens(
            NDArray streams,
            NDArray kl,
            NDArray mask,
            NDArray multipliers,
            Squash squash,
            boolean normalize,
            double epsilon) {
        Check.floating("klAdvantages", kl);
        Check.sameShape("mask", mask, "klAdvantages", kl);
        Check.vector("multipliers", multipliers);
        Check.floating("multipliers", multipliers);
        Check.notNegative("epsilon", epsilon);
        Check.shape(
                "constraintAdvantages",
                streams,
                kl.getShape().add(multipliers.getShape().get(0)).getShape());
        ValueCheck.of().mask("mask", mask).finite("multipliers", multipliers).run();
        long counted = Masked.count(mask);
        if (counted < (normalize ? 2 : 1)) {
            throw Check.failure(
                    "mask", normalize ? "at least two counted entries to standardise" : "a counted token", counted);
        }
        double[] weights = Tensors.toDoubles(multipliers);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = squash.weight(weights[i]);
        }
        try (Scope scope = Scope.open()) {
            NDArray wide = mask.expandDims(-1).broadcast(streams.getShape());
            ValueCheck.of()
                    .finite("constraintAdvantages", Masked.zeroOutside(streams, wide))
                    .finite("klAdvantages", Masked.zeroOutside(kl, mask))
                    .run();
            NDArray lambda = Tensors.create(kl.getManager(), weights, kl.getDataType(), weights.length);
            NDArray[] results = MIX.callMany(streams, kl, mask, lambda, normalize, squash != Squash.NONE, epsilon);
            return new ConstrainedAdvantages(scope.keep(results[0]), scope.keep(results[1]));
        }
    }
}
