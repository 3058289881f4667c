package org.rewardlab.credit;

import java.util.Set;
import org.rewardlab.tensor.Check;

/**
 * Group policy gradient: the centred score, enlarged by the share of responses that earned nothing. Chu et al. 2025
 * (GPG), eq. 7.
 *
 * <p>{@code alpha (s - group mean) / fNorm} with {@code alpha = B / max(responses of the batch with a score other than
 * 0, 1)}. With no zero score and fNorm 1 it is {@link AdvantageEstimator#groupCentred() the centred score}, except that
 * a group of one has mean 0. Since alpha looks at zeros, adding a constant to the rewards of a group changes the
 * result.
 *
 * <pre>{@code
 * var mask = nd.create(new float[][] {{1}, {1}, {1}, {1}});
 * var rollouts = Rollouts.of(nd.create(new float[][] {{1}, {0}, {0}, {0}}), mask)
 *         .withGroups(nd.create(new long[] {7, 7, 8, 8}));
 * new Gpg().estimate(rollouts).advantages()             // one score of four is not 0: alpha is 4
 * // => ND: (4, 1) cpu() float32 [[2.], [-2.], [0.], [0.]]
 * }</pre>
 *
 * @param fNorm constant divisor, above 0
 */
public record Gpg(double fNorm) implements AdvantageEstimator {

    public Gpg {
        Check.positive("fNorm", fNorm);
    }

    /** Without a divisor. */
    public Gpg() {
        this(1);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS);
    }

    /** {@inheritDoc} Reads rewards, mask and groups. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        double[] scores = Groups.scores(rollouts);
        int some = 0;
        for (double score : scores) {
            some += score == 0 ? 0 : 1;
        }
        double alpha = scores.length / (double) Math.max(some, 1);
        for (int[] rows : Groups.of(rollouts, "GPG")) {
            double mean = rows.length == 1 ? 0 : Groups.mean(scores, rows);
            for (int b : rows) {
                scores[b] = alpha * (scores[b] - mean) / fNorm;
            }
        }
        return new Advantages(Groups.spread(scores, rollouts), null);
    }
}
