package org.rewardlab.policy;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Geometric-mean policy optimization: token ratios clipped one by one in log space, then their geometric mean. Zhao et
 * al. 2025, eq. 4.
 *
 * <p>With {@code x = logps - oldLogps}, {@code c = clip(x, -clipLow, clipHigh)} and {@code n} counted tokens in a row:
 * the row's ratio is {@code exp(sum of min(x, c) / n)} where A is positive, of {@code max(x, c)} where it is negative;
 * its loss is {@code -mean A times ratio}, and the mean is over all rows, an empty one counting 0. Importance weights
 * enter by their geometric mean. Advantages are meant to be equal along a row, as group estimators give them. On policy
 * its gradient is that of {@link Reinforce} with sequence means.
 *
 * <p>{@code losses} are (B). Metrics: {@code actor/pg_clipfrac}, tokens whose log-ratio the clip changed, {@code
 * actor/ppo_kl}.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * new Gmpo(0.4, 0.4).loss(batch).losses()  // one loss for the sequence
 * // => ND: (1) cpu() float32 [-0.3333]
 * new Gmpo(0.4, 0.4).lossAndGradients(batch).of("logps")
 * // => ND: (1, 3) cpu() float32 [[-0.1111, -0., -0.]]
 * }</pre>
 *
 * @param clipLow how far a log-ratio may fall below 0, above 0; 0.4 is usual
 * @param clipHigh how far it may rise above 0, above 0; 0.4 is usual
 * @param epsilon added to n, at least 0; with 0 an empty row divides by 1
 */
public record Gmpo(double clipLow, double clipHigh, double epsilon) implements PolicyLoss {

    private static final SequenceFormula FORMULA = SequenceFormula.of("""
            c = torch.clamp(x, torch.neg(low), high)
            good = torch.gt(a, 0)
            bad = torch.lt(a, 0)
            taken = torch.where(good, torch.minimum(x, c), torch.where(bad, torch.maximum(x, c), zero))
            if eps > 0.:
              count = torch.add(lengths, eps)
            else:
              count = torch.clamp(lengths, 1.)
            power = torch.div(torch.sum(taken, [-1], True), count)
            if len(weights) > 0:
              logs = torch.log(torch.add(torch.detach(weights[0]), 1e-10))
              power = torch.add(power, torch.div(torch.sum(torch.where(counted, logs, zero), [-1], True), count))
            pull = torch.mul(torch.neg(torch.div(torch.sum(a, [-1], True), count)), torch.exp(power))
            losses = torch.squeeze(pull, -1)
            held = torch.logical_or(torch.logical_and(good, torch.gt(x, high)), torch.logical_and(bad, torch.lt(x, torch.neg(low))))
            """, """
            free = torch.logical_and(torch.logical_or(good, bad), torch.logical_not(held))
            slope = torch.mul(torch.type_as(free, logps), torch.div(pull, count))
            """, "torch.div(torch.sum(held), n8)");

    public Gmpo {
        Check.positive("clipLow", clipLow);
        Check.positive("clipHigh", clipHigh);
        Check.notNegative("epsilon", epsilon);
    }

    /** With an epsilon of 1e-8. */
    public Gmpo(double clipLow, double clipHigh) {
        this(clipLow, clipHigh, 1e-8);
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return FORMULA.loss(batch, clipLow, clipHigh, epsilon);
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        return FORMULA.lossAndGradients(batch, clipLow, clipHigh, epsilon);
    }
}
