package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * Learns rewards of steps from returns of episodes: the mean predicted reward is to be the mean reward of the episode. Return
 * decomposition of Arjona-Medina et al. 2019 and its randomised form of Ren et al. 2022, as used by Qu et al. 2024 (LaRe), eq. 6.
 *
 * <p>With n the steps of an episode and R its return, the loss is the mean over episodes of {@code (mean of rewards - R / n)^2}: over all
 * steps, or over K sampled ones ({@link EpisodeReturns#sampled}); 64 is usual. Sampling adds variance to the mean, which the unbiased
 * variant takes off: {@code - variance (1 - K / n) / K} with divisor K-1, so that its expectation is the loss over all steps. The
 * gradient flows to the rewards alone; with all steps it is {@code 2 (mean - R / n) / (n B)}, equal along an episode.
 *
 * <p>{@code losses} are (B). Metrics: {@code loss_uncorrected}, the loss without the variance term, and {@code oversampled_rows}, how
 * many episodes are shorter than K: there the unbiased correction has the wrong sign (it is not clamped).
 *
 * @param variant which steps are read
 */
public record ReturnDecomposition(Variant variant) implements RewardModelLoss<EpisodeReturns> {

    /** Which steps are read. */
    public enum Variant {
        /** All. */
        RD,
        /** Sampled ones. */
        RRD,
        /** Sampled ones, without the variance that sampling adds; at least two. */
        RRD_UNBIASED
    }

    private static final List<String> METRICS = List.of("loss_uncorrected", "oversampled_rows");

    private static final String SIGNATURE =
            "(self, rewards: Tensor, mask: Tensor, returns: Tensor, index: List[Tensor], unbiased: bool) -> List[Tensor]:\n";

    private static final String BODY = """
              counted = mask != 0
              m = torch.type_as(counted, rewards)
              n = torch.sum(m, [-1])
              target = torch.type_as(torch.detach(returns), rewards) / n
              over = torch.zeros_like(n)
              if len(index) > 0:
                s = torch.gather(rewards, 1, torch.to(index[0], 4))
                k = torch.size(s, 1)
                mean = torch.sum(s, [-1]) / k
                over = torch.type_as(n < k, n)
              else:
                s = rewards
                k = 1
                mean = torch.sum(torch.where(counted, rewards, torch.zeros_like(rewards)), [-1]) / n
              e = mean - target
              plain = e * e
              losses = plain
              factor = torch.zeros_like(n)
              if unbiased:
                factor = (1. - k / n) / (k * (k - 1.))
                centred = s - torch.unsqueeze(mean, -1)
                losses = plain - factor * torch.sum(centred * centred, [-1])
              loss = torch.mean(losses)
              metrics = torch.detach(torch.stack([torch.mean(plain), torch.sum(over)], 0))
            """;

    private static final Script LOSS = Script.of("def loss" + SIGNATURE + BODY + "  return [loss, losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + BODY + """
              rows = torch.numel(n)
              if len(index) > 0:
                slope = torch.expand_as(torch.unsqueeze(2. * e / k, -1), s)
                if unbiased:
                  slope = slope - torch.unsqueeze(2. * factor, -1) * (s - torch.unsqueeze(mean, -1))
                slope = torch.scatter_add(torch.zeros_like(rewards), 1, torch.to(index[0], 4), slope)
              else:
                slope = torch.unsqueeze(2. * e / n, -1) * m
              return [loss, losses, metrics, slope / rows]
            """);

    /** Over all steps. */
    public ReturnDecomposition() {
        this(Variant.RD);
    }

    @Override
    public LossOutput loss(EpisodeReturns episodes) {
        return output(run(LOSS, episodes));
    }

    @Override
    public LossGradients lossAndGradients(EpisodeReturns episodes) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(GRADIENTS, episodes);
            return new LossGradients(output(results), Map.of("rewards", results[3]));
        }
    }

    private NDArray[] run(Script script, EpisodeReturns episodes) {
        episodes.check();
        NDArray[] index = {};
        if (variant != Variant.RD) {
            NDArray steps = Check.present("sampleIndex", episodes.sampleIndex(), "the variant " + variant);
            index = new NDArray[] {steps};
            if (variant == Variant.RRD_UNBIASED && steps.getShape().get(1) < 2) {
                throw Check.failure(
                        "sampleIndex",
                        "at least two samples a row",
                        Arrays.toString(steps.getShape().getShape()));
            }
        }
        return script.callMany(
                episodes.rewards(), episodes.mask(), episodes.returns(), index, variant == Variant.RRD_UNBIASED);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
