package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * The likelihood of a whole ranking: the best response is chosen out of all, the next one out of the rest, and so on.
 * Luce 1959, Plackett 1975.
 *
 * <p>{@code sum over k < K of logsumexp(r_k .. r_K) - r_k} for each prompt. For K = 2 it is {@link BradleyTerry}; for K
 * = 1 there is nothing to choose and the loss is 0. A number added to all scores of a prompt changes nothing. Metrics:
 * {@code accuracy}, the share of neighbours in the ranking that are scored in its order (ties are wrong; NaN for K =
 * 1), and {@code min_reward}, {@code mean_reward}, {@code max_reward}.
 *
 * <pre>{@code
 * new PlackettLuce().loss(new RankedRewards(nd.create(new float[][] {{3, 2, 1}, {1, 2, 3}}))).losses()
 * // => ND: (2) cpu() float32 [0.7209, 3.7209]
 * }</pre>
 */
public record PlackettLuce() implements RewardModelLoss<RankedRewards> {

    private static final List<String> METRICS = List.of("accuracy", "min_reward", "mean_reward", "max_reward");

    private static final String SIGNATURE = "(self, r: Tensor) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              k = torch.size(r, 1)
              losses = torch.zeros_like(torch.select(r, 1, 0))
              for i in range(k):
                losses = losses + torch.logsumexp(torch.slice(r, 1, i, k, 1), [1]) - torch.select(r, 1, i)
              d = torch.detach(r)
              ordered = torch.slice(d, 1, 0, k - 1, 1) > torch.slice(d, 1, 1, k, 1)
              accuracy = torch.mean(torch.type_as(ordered, d))
              metrics = torch.stack([accuracy, torch.min(d), torch.mean(d), torch.max(d)], 0)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = torch.zeros_like(d)
              for j in range(k - 1):
                rest = torch.softmax(torch.slice(d, 1, j, k, 1), 1)
                part = torch.slice(g, 1, j, k, 1)
                part2 = torch.add_(part, rest)
                first = torch.select(g, 1, j)
                first2 = torch.sub_(first, 1.)
              return [torch.mean(losses), losses, metrics, g / torch.size(r, 0)]
            """);

    @Override
    public LossOutput loss(RankedRewards rankings) {
        rankings.check();
        return output(LOSS.callMany(rankings.rewards()));
    }

    @Override
    public LossGradients lossAndGradients(RankedRewards rankings) {
        rankings.check();
        NDArray[] results = GRADIENTS.callMany(rankings.rewards());
        return new LossGradients(output(results), Map.of("rewards", results[3]));
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
