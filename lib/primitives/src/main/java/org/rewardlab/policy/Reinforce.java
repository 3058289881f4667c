package org.rewardlab.policy;

import java.util.List;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * The policy gradient itself. Williams 1992; with group-relative advantages and a mean over tokens, group policy
 * gradient (Chu et al. 2025, GPG).
 *
 * <p>{@code -A logps}: every ratio-based loss of this package has this gradient on policy. The old log-probabilities
 * are read for the metric {@code actor/ppo_kl} alone ({@link PolicyBatch#onPolicy}).
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: not read but for a metric
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * new Reinforce().lossAndGradients(batch).of("logps")  // -A over three tokens
 * // => ND: (1, 3) cpu() float32 [[-0.3333, -0.3333, 0.3333]]
 * }</pre>
 *
 * @param aggregation which denominator
 */
public record Reinforce(Aggregation aggregation) implements PolicyLoss {

    private static final PolicyFormula FORMULA = PolicyFormula.of(List.of(), """
            x = torch.detach(d)
            slope = torch.neg(a)
            losses = torch.mul(slope, self.kept(logps, mask, m, finite))
            """, "", PolicyFormula.PPO_KL);

    /** With a mean over tokens. */
    public Reinforce() {
        this(Aggregation.tokenMean());
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return FORMULA.loss(batch, aggregation, PolicyFormula.NOTHING);
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        return FORMULA.lossAndGradients(batch, aggregation, PolicyFormula.NOTHING);
    }
}
