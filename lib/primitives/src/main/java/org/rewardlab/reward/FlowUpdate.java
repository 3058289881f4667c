package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * A flow network kept up to date on the policy's own samples, learning from the good ones alone: rejection sampling online. Zhang
 * et al. 2025 (RLFR).
 *
 * <p>The loss is the weighted mean over sequences of the weighted mean over tokens. A sequence without token weight has mean 0
 * and keeps its own weight; 0 if no sequence has weight: skip that update. {@code losses} (B) are the sequences' means. Weights are
 * constants. Without criteria it is the mean of means over all.
 *
 * @param criteria what a sample must be to count in full
 * @param softWeight the weight of what fails a criterion, at least 0
 * @param entropyQuantile of a row's entropies, over all its positions, that a token must reach, in [0, 1]; read with {@link
 *     Criterion#ENTROPY}
 */
public record FlowUpdate(Set<Criterion> criteria, double softWeight, double entropyQuantile)
        implements RewardModelLoss<FlowUpdateBatch> {

    /** What a sample must be. */
    public enum Criterion {
        /** The response has a reward of at least 1. */
        CORRECT,
        /** The token was drawn where the policy was undecided. */
        ENTROPY
    }

    private static final Script LOSS = Script.of("""
            def loss(self, losses: Tensor, tokens: Tensor, rows: Tensor) -> List[Tensor]:
              kept = torch.where(tokens != 0, losses, torch.zeros_like(losses))
              n = torch.sum(tokens, [-1])
              one = torch.ones_like(n)
              weights = tokens / torch.unsqueeze(torch.where(n > 0, n, one), -1)
              means = torch.sum(kept * weights, [-1])
              total = torch.sum(rows)
              share = rows / torch.where(total > 0, total, torch.ones_like(total))
              return [torch.sum(means * share), means, weights * torch.unsqueeze(share, -1), torch.reshape(total, [1])]
            """);

    public FlowUpdate {
        criteria = Set.copyOf(criteria);
        Check.notNegative("softWeight", softWeight);
        if (criteria.contains(Criterion.ENTROPY)) {
            Check.within("entropyQuantile", entropyQuantile, 0, 1);
        }
    }

    /** Right responses alone, as in the paper. */
    public FlowUpdate() {
        this(EnumSet.of(Criterion.CORRECT), 0, 0.5);
    }

    @Override
    public LossOutput loss(FlowUpdateBatch batch) {
        try (Scope scope = Scope.open()) {
            return output(results(batch)).keptBy(scope);
        }
    }

    /** {@inheritDoc} In closed form: each token's share of the weight. */
    @Override
    public LossGradients lossAndGradients(FlowUpdateBatch batch) {
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray[] results = results(batch);
            return new LossGradients(output(results).keptBy(scope), Map.of("tokenLosses", scope.keep(results[2])));
        }
    }

    private NDArray[] results(FlowUpdateBatch batch) {
        return LOSS.callMany(batch.tokenLosses(), tokenWeights(batch), sequenceWeights(batch));
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(List.of("sequences"), results[3]));
    }

    /** The weight of each token (B,T), 0 outside the mask; rejects absent or NaN entropies if they decide. */
    public NDArray tokenWeights(FlowUpdateBatch batch) {
        batch.check();
        double[][] weights = Tensors.toRows(batch.mask());
        if (criteria.contains(Criterion.ENTROPY)) {
            NDArray entropies = Check.present("entropies", batch.entropies(), "the entropy criterion");
            Check.sameShape("entropies", entropies, "tokenLosses", batch.tokenLosses());
            ValueCheck.of().noNaN("entropies", entropies).run();
            double[][] entropy = Tensors.toRows(entropies);
            for (int b = 0; b < weights.length; b++) {
                double bound = quantile(entropy[b]);
                for (int t = 0; t < weights[b].length; t++) {
                    weights[b][t] *= entropy[b][t] >= bound ? 1 : softWeight;
                }
            }
        }
        NDArray like = batch.tokenLosses();
        return Tensors.fromRows(like.getManager(), weights, like.getDataType());
    }

    /** The weight of each sequence (B). */
    public NDArray sequenceWeights(FlowUpdateBatch batch) {
        batch.check();
        double[] weights = Tensors.toDoubles(batch.rewards());
        for (int b = 0; b < weights.length; b++) {
            weights[b] = !criteria.contains(Criterion.CORRECT) || weights[b] >= 1 ? 1 : softWeight;
        }
        NDArray like = batch.tokenLosses();
        return Tensors.create(like.getManager(), weights, like.getDataType(), weights.length);
    }

    /** With linear interpolation between neighbours. */
    private double quantile(double[] row) {
        double[] sorted = row.clone();
        Arrays.sort(sorted);
        double place = entropyQuantile * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
