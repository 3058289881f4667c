package org.rewardlab.select;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * Groups whose advantages lean to one side, dropped: where nearly all responses won or lost, the random reference was an
 * outlier and says little. Jia et al. 2025 (Writing-Zero), dynamic sampling; 0.6 for groups of 16.
 *
 * <p>Skew is {@code |sum of advantages| / G}: 0 in a balanced group, (G-1)/G where all others won. Threshold 1 keeps every
 * group of signs.
 *
 * @param skew of each group (N)
 * @param keep 1 where the skew is at most the threshold (N)
 * @param filtered the advantages with those of dropped groups set to 0 (N,G)
 */
public record GroupSkew(NDArray skew, NDArray keep, NDArray filtered) {

    private static final Script MASK = Script.of("""
            def kept(self, mask: Tensor, keep: Tensor, group: int) -> Tensor:
              rows = torch.repeat_interleave(torch.ne(keep, 0), group)
              return mask * torch.type_as(torch.unsqueeze(rows, -1), mask)
            """);

    /**
     * Judges groups by their skew.
     *
     * @param advantages (N,G), finite
     * @param threshold largest skew that is kept, at least 0
     * @throws IllegalArgumentException for another rank, no group, numbers that are not finite
     */
    public static GroupSkew of(NDArray advantages, double threshold) {
        Check.matrix("advantages", advantages);
        Check.floating("advantages", advantages);
        Check.atLeast("advantages", advantages.getShape().get(1), 1);
        Check.notNegative("threshold", threshold);
        double[][] rows = Tensors.toRows(advantages);
        double[] skews = new double[rows.length];
        double[] kept = new double[rows.length];
        for (int n = 0; n < rows.length; n++) {
            double sum = 0;
            for (double advantage : rows[n]) {
                sum += Check.finite("advantages", advantage);
            }
            skews[n] = Math.abs(sum) / rows[n].length;
            kept[n] = skews[n] <= threshold ? 1 : 0;
            if (kept[n] == 0) {
                rows[n] = new double[rows[n].length];
            }
        }
        var manager = advantages.getManager();
        var type = advantages.getDataType();
        return new GroupSkew(
                Tensors.create(manager, skews, type, skews.length),
                Tensors.create(manager, kept, type, kept.length),
                Tensors.fromRows(manager, rows, type));
    }

    /**
     * A response mask without the tokens of dropped groups: a mean over it is normalised by what was kept. With the
     * mask as it was, the filtered advantages are normalised by all tokens.
     *
     * @param mask (N*G,T), group after group
     * @return (N*G,T) of the same type
     */
    public NDArray maskKept(NDArray mask) {
        Check.matrix("mask", mask);
        long group = filtered.getShape().get(1);
        Check.shape("mask", mask, filtered.size(), mask.getShape().get(1));
        try (Scope scope = Scope.open()) {
            return scope.keep(MASK.call(mask, keep, group));
        }
    }
}
