package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * Trains an implicit process reward model on whole trajectories: successes against failures of the same start. Liu et al. 2025
 * (iStar), eq. 3.
 *
 * <p>A trajectory's score is the sum of its step rewards (the product of action probabilities), or their mean (the released code);
 * the loss is the mean over all pairs of a success i and a failure j within a group, pooled over groups, of {@code -log sigmoid(R_i -
 * R_j)}. Step rewards hold their beta already ({@link org.rewardlab.credit.ImplicitReward#ofTurns}). With one step each it is DPO's
 * loss. Where there is no pair the loss is 0 and its gradient too.
 *
 * <p>{@code losses} are (B,B): of success i against failure j, 0 where the two make no pair. Metrics: {@code num_pairs} and {@code
 * accuracy}, the share of pairs in which the success scores higher (0 without pairs).
 *
 * @param threshold above which outcome a trajectory is a success, finite
 * @param aggregate how step rewards make a score
 */
public record TrajectoryDpo(double threshold, Aggregate aggregate) implements RewardModelLoss<StepTrajectories> {

    /** How step rewards make a score. */
    public enum Aggregate {
        /** Their sum. */
        SUM,
        /** Their mean, which is blind to length. */
        MEAN
    }

    private static final List<String> METRICS = List.of("num_pairs", "accuracy");

    private static final String SIGNATURE =
            "(self, rewards: Tensor, mask: Tensor, pairs: Tensor, mean: bool) -> List[Tensor]:\n";

    private static final String BODY = """
              m = torch.type_as(mask != 0, rewards)
              share = torch.ones_like(torch.sum(m, [-1], True))
              if mean:
                share = torch.reciprocal(torch.sum(m, [-1], True))
              scores = torch.sum(share * torch.where(mask != 0, rewards, torch.zeros_like(rewards)), [-1])
              d = torch.unsqueeze(scores, 1) - torch.unsqueeze(scores, 0)
              losses = pairs * -torch.log_sigmoid(d)
              found = torch.sum(pairs)
              n = torch.clamp(found, 1.)
              loss = torch.sum(losses) / n
              right = torch.sum(pairs * torch.type_as(d > 0, pairs)) / n
              metrics = torch.detach(torch.stack([found, right], 0))
            """;

    private static final Script LOSS = Script.of("def loss" + SIGNATURE + BODY + "  return [loss, losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + BODY + """
              slope = -pairs * torch.sigmoid(-d) / n
              by_score = torch.sum(slope, [1]) - torch.sum(slope, [0])
              return [loss, losses, metrics, torch.unsqueeze(by_score, -1) * share * m]
            """);

    private static final Script SCORES = Script.of("def scores" + SIGNATURE + BODY + "  return [scores]\n");

    public TrajectoryDpo {
        Check.finite("threshold", threshold);
    }

    /** Sums of step rewards, any positive outcome a success. */
    public TrajectoryDpo() {
        this(0, Aggregate.SUM);
    }

    @Override
    public LossOutput loss(StepTrajectories trajectories) {
        try (Scope scope = Scope.open()) {
            return output(run(LOSS, trajectories)).keptBy(scope);
        }
    }

    @Override
    public LossGradients lossAndGradients(StepTrajectories trajectories) {
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(GRADIENTS, trajectories);
            return new LossGradients(output(results).keptBy(scope), Map.of("stepRewards", scope.keep(results[3])));
        }
    }

    /** The score of each trajectory (B), constant. */
    public NDArray scores(StepTrajectories trajectories) {
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            return scope.keep(run(SCORES, trajectories)[0]);
        }
    }

    private NDArray[] run(Script script, StepTrajectories t) {
        t.check();
        return script.callMany(t.stepRewards(), t.stepMask(), t.pairs(threshold), aggregate == Aggregate.MEAN);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
