package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * Reward difference prediction: the policy's log-ratios to its reference are fitted to rewards by regression on differences
 * within a prompt, in which the unknown normalizer drops out. Deng et al. 2024 (PRDP), eq. 8; with a clip, eq. 12.
 *
 * <p>With {@code rhat_i = sum_t (logps - refLogps)} over counted steps and every pair i &lt; j of one prompt: {@code ((rhat_i -
 * rhat_j) - (r_i - r_j) / beta)^2}, averaged over all pairs. The loss is 0 exactly at the optimum of {@code E[r] - beta KL}.
 * Constants added to all rewards or all rhat of a prompt change nothing, which is what makes rewards of very different prompts
 * comparable. Equal rewards pull their log-ratios together.
 *
 * <p>With a clip, a second error takes each step's log-ratio within {@code clip} of its value under {@code oldLogps}, and the
 * larger of the two counts; where that is the clipped one, steps beyond the bound have no gradient (ties take the plain error).
 * At the policy that sampled, and for a large clip, it is the loss without clip.
 *
 * <p>{@code losses} are those of the pairs (P), in the order (0,1), (0,2), ... Reference, old policy and rewards are constants.
 * Metrics: {@code num_pairs}, {@code rewards/error} (the root of the mean squared difference, in units of the reward), {@code kl}
 * (the mean of rhat), and with a clip {@code clip_ratio}, the share of pairs whose clipped error is larger.
 *
 * <pre>{@code
 * var trajectories = new ScoredTrajectories(
 *         nd.create(new float[][] {{-1, -1}, {-2, -2}, {-2, -2}, {-2, -2}}),
 *         nd.create(new float[][] {{-2, -2}, {-2, -2}, {-2, -2}, {-2, -2}}),  // reference: log-ratios 2, 0; 0, 0
 *         nd.create(new float[] {1, 0, 9, 8}),                                // rewards: 1 / beta = 2 apart
 *         nd.create(new float[][] {{1, 1}, {1, 1}, {1, 1}, {1, 1}}),          // mask
 *         nd.create(new long[] {0, 0, 1, 1}));                                // prompts
 * new Prdp(0.5).loss(trajectories).losses()
 * // => ND: (2) cpu() float32 [0., 4.]
 * new Prdp(0.5).lossAndGradients(trajectories).of("logps")
 * // => ND: (4, 2) cpu() float32 [[0., 0.], [0., 0.], [-2., -2.], [2., 2.]]
 * }</pre>
 *
 * @param beta weight of the KL divergence, above 0
 * @param clip bound on the change of a step's log-probability, at least 0; null for none
 * @param scale whether the loss is multiplied by beta squared, the form that fits {@code beta rhat} to r and keeps step sizes
 *     comparable over beta
 */
public record Prdp(double beta, @Nullable Double clip, boolean scale)
        implements OnlinePreferenceLoss<ScoredTrajectories> {

    private static final List<String> PLAIN = List.of("num_pairs", "rewards/error", "kl");
    private static final List<String> CLIPPED = List.of("num_pairs", "rewards/error", "kl", "clip_ratio");

    private static final String SIGNATURE =
            "(self, logps: Tensor, ref: Tensor, old: Tensor, rewards: Tensor, mask: Tensor, pairs: Tensor, beta: float,"
                    + " clip: float, factor: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(logps)
              e = torch.where(counted, logps - torch.detach(ref), zero)
              rhat = torch.sum(e, [1])
              i = torch.select(pairs, 0, 0)
              j = torch.select(pairs, 0, 1)
              r = torch.type_as(torch.detach(rewards), logps)
              target = (torch.index_select(r, 0, i) - torch.index_select(r, 0, j)) / beta
              error = torch.index_select(rhat, 0, i) - torch.index_select(rhat, 0, j) - target
              plain = error * error
              n = torch.numel(target)
              inside = torch.ones_like(logps)
              larger = torch.zeros_like(target)
              moved = error
              losses = plain
              if clip >= 0.:
                eo = torch.where(counted, torch.detach(old - ref), zero)
                low = eo - clip
                high = eo + clip
                inside = torch.type_as(torch.logical_and(e >= low, e <= high), logps)
                ec = torch.where(e < low, low, torch.where(e > high, high, e))
                rc = torch.sum(ec, [1])
                moved = torch.index_select(rc, 0, i) - torch.index_select(rc, 0, j) - target
                other = moved * moved
                more = torch.gt(other, plain)
                larger = torch.type_as(more, logps)
                losses = torch.where(more, other, plain)
              losses = losses * factor
              loss = torch.mean(losses)
              root = beta * torch.sqrt(torch.mean(plain))
              metrics = torch.detach(torch.stack([torch.full_like(loss, n), root, torch.mean(rhat), torch.mean(larger)], 0))
              if clip < 0.:
                metrics = torch.slice(metrics, 0, 0, 3, 1)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              share = 2. * factor / n
              a = share * error * (1. - larger)
              b = share * moved * larger
              none = torch.zeros_like(rhat)
              ga = torch.index_add(torch.index_add(none, 0, i, a), 0, j, -a)
              gb = torch.index_add(torch.index_add(none, 0, i, b), 0, j, -b)
              g = torch.unsqueeze(ga, 1) + torch.unsqueeze(gb, 1) * inside
              return [loss, losses, metrics, torch.where(counted, g + zero, zero)]
            """);

    private static final Script ESTIMATES = Script.of("""
            def estimates(self, logps: Tensor, ref: Tensor, mask: Tensor) -> Tensor:
              return torch.sum(torch.where(torch.ne(mask, 0), logps - ref, torch.zeros_like(logps)), [1])
            """);

    public Prdp {
        Check.positive("beta", beta);
        if (clip != null) {
            Check.notNegative("clip", clip);
        }
    }

    /** Without clip: RDP. */
    public Prdp(double beta) {
        this(beta, null, false);
    }

    /** With a clip. */
    public Prdp(double beta, double clip) {
        this(beta, clip, false);
    }

    /** {@inheritDoc} Rejects trajectories of which no two share a prompt, and with a clip the absence of {@code oldLogps}. */
    @Override
    public LossOutput loss(ScoredTrajectories trajectories) {
        try (Scope scope = Scope.open()) {
            return output(run(LOSS, trajectories)).keptBy(scope);
        }
    }

    /** {@inheritDoc} In closed form. */
    @Override
    public LossGradients lossAndGradients(ScoredTrajectories trajectories) {
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray[] results = run(GRADIENTS, trajectories);
            return new LossGradients(output(results).keptBy(scope), Map.of("logps", scope.keep(results[3])));
        }
    }

    /** What the policy predicts of each trajectory's reward, up to a constant for each prompt and in units of beta: rhat (B). */
    public NDArray rewardEstimates(ScoredTrajectories trajectories) {
        trajectories.check();
        try (GradientMode mode = GradientMode.paused()) {
            return ESTIMATES.call(trajectories.logps(), trajectories.refLogps(), trajectories.mask());
        }
    }

    private NDArray[] run(Script script, ScoredTrajectories trajectories) {
        NDArray old = trajectories.logps();
        if (clip != null) {
            old = Check.present("oldLogps", trajectories.oldLogps(), "a clip");
        }
        trajectories.check();
        return script.callMany(
                trajectories.logps(),
                trajectories.refLogps(),
                old,
                trajectories.rewards(),
                trajectories.mask(),
                trajectories.pairs(),
                beta,
                clip == null ? -1.0 : clip,
                scale ? beta * beta : 1.0);
    }

    private LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(clip == null ? PLAIN : CLIPPED, results[2]));
    }
}
