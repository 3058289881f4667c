package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.PrefixMask;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Rewards predicted for the steps of episodes of which only the return is known.
 *
 * @param rewards predicted for each step (B,T), differentiable
 * @param mask 1 on the steps of each episode, 0 on the padding behind them (B,T)
 * @param returns of the episodes, one number each (B)
 * @param sampleIndex steps that stand for their episode (B,K), integers; null where all steps are read
 */
public record EpisodeReturns(
        NDArray rewards,
        NDArray mask,
        NDArray returns,
        @Nullable NDArray sampleIndex) implements LossInput<EpisodeReturns> {

    /** Every step is read. */
    public EpisodeReturns(NDArray rewards, NDArray mask, NDArray returns) {
        this(rewards, mask, returns, null);
    }

    /**
     * The same episodes, each represented by some of its steps, drawn uniformly: without replacement, or with it in an episode
     * that is too short.
     *
     * @param samples steps for each episode, K, at least 1
     */
    public EpisodeReturns sampled(int samples, RandomGenerator random) {
        Check.atLeast("samples", samples, 1);
        int[] lengths = PrefixMask.positiveLengths("mask", mask);
        long[] index = new long[lengths.length * samples];
        for (int b = 0; b < lengths.length; b++) {
            int[] steps = new int[lengths[b]];
            for (int t = 0; t < steps.length; t++) {
                steps[t] = t;
            }
            for (int k = 0; k < samples; k++) {
                if (samples > lengths[b]) {
                    index[b * samples + k] = random.nextInt(lengths[b]);
                } else {
                    int other = k + random.nextInt(steps.length - k);
                    int chosen = steps[other];
                    steps[other] = steps[k];
                    steps[k] = chosen;
                    index[b * samples + k] = chosen;
                }
            }
        }
        return new EpisodeReturns(
                rewards, mask, returns, Tensors.create(rewards.getManager(), index, lengths.length, samples));
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("rewards", rewards));
    }

    @Override
    public EpisodeReturns withDifferentiable(List<NDArray> arrays) {
        return new EpisodeReturns(arrays.get(0), mask, returns, sampleIndex);
    }

    /**
     * Rejects shapes that differ, an empty batch, an episode without step, a mask with holes, numbers that are not finite, and
     * samples from the padding.
     *
     * @return the lengths of the episodes
     */
    int[] check() {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        Check.sameShape("mask", mask, "rewards", rewards);
        Check.shape("returns", returns, rewards.getShape().get(0));
        int[] lengths = PrefixMask.positiveLengths("mask", mask);
        ValueCheck.of()
                .finite("rewards", rewards, mask)
                .finite("returns", returns)
                .run();
        if (sampleIndex != null) {
            Check.matrix("sampleIndex", sampleIndex);
            long samples = Check.atLeast("sampleIndex", sampleIndex.getShape().get(1), 1);
            Check.shape("sampleIndex", sampleIndex, lengths.length, samples);
            double[][] index = Tensors.toRows(sampleIndex);
            for (int b = 0; b < index.length; b++) {
                for (double step : index[b]) {
                    if (!(step >= 0 && step < lengths[b] && step == Math.rint(step))) {
                        throw Check.failure("sampleIndex", "steps in [0, " + lengths[b] + ") in row " + b, step);
                    }
                }
            }
        }
        return lengths;
    }
}
