package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.Preferences;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.model.TextRewardModel;
import org.rewardlab.reward.RewardModelLoss;
import org.rewardlab.reward.RewardPairs;

/**
 * Trains a reward model on preference pairs: {@code RewardModelTraining.of(model).on(pairs).epochs(3).run()}.
 *
 * <p>Each method gives another description of the training; only {@link #run()} does anything, and it changes the model.
 */
public final class RewardModelTraining {
    private static final double HELD_OUT = 0.2;

    private final TextRewardModel model;
    private final Preferences.@Nullable Split pairs;
    private final @Nullable Preferences whole;
    private final TrainingOptions options;
    private final RewardModelLoss<RewardPairs> loss;
    private final long seed;
    private final List<TrainingListener> listeners;

    private RewardModelTraining(
            TextRewardModel model,
            Preferences.@Nullable Split pairs,
            @Nullable Preferences whole,
            TrainingOptions options,
            RewardModelLoss<RewardPairs> loss,
            long seed,
            List<TrainingListener> listeners) {
        this.model = model;
        this.pairs = pairs;
        this.whole = whole;
        this.options = options;
        this.loss = loss;
        this.seed = seed;
        this.listeners = List.copyOf(listeners);
    }

    /** Starts with the standard options, the loss of Bradley and Terry, the seed of the whole lab, a progress bar and a live curve. */
    public static RewardModelTraining of(TextRewardModel model) {
        return new RewardModelTraining(
                model,
                null,
                null,
                TrainingOptions.standard(),
                RewardModelLoss.bradleyTerry(),
                Seeds.root().value(),
                List.of(new ProgressBar("reward model"), new LiveCurve("rewards/accuracies", "rewards/margins")));
    }

    /** Trains on four fifths of the pairs, drawn by the seed, and judges by the rest. */
    public RewardModelTraining on(Preferences all) {
        return new RewardModelTraining(model, null, all, options, loss, seed, listeners);
    }

    /** Trains on one part and judges by the other. */
    public RewardModelTraining on(Preferences.Split split) {
        return new RewardModelTraining(model, split, null, options, loss, seed, listeners);
    }

    /** Passes over the training pairs. */
    public RewardModelTraining epochs(int epochs) {
        return options(new TrainingOptions(
                epochs,
                options.batchSize(),
                options.learningRate(),
                options.weightDecay(),
                options.l2(),
                options.evaluations()));
    }

    /** Step size of the optimizer. */
    public RewardModelTraining learningRate(double rate) {
        return options(new TrainingOptions(
                options.epochs(),
                options.batchSize(),
                rate,
                options.weightDecay(),
                options.l2(),
                options.evaluations()));
    }

    /** All options at once. */
    public RewardModelTraining options(TrainingOptions other) {
        return new RewardModelTraining(model, pairs, whole, other, loss, seed, listeners);
    }

    /** Another loss on the two rewards of each pair; a lambda is as good as one of the library. */
    public RewardModelTraining loss(RewardModelLoss<RewardPairs> other) {
        return new RewardModelTraining(model, pairs, whole, options, other, seed, listeners);
    }

    /** Draws what is held out and the order of the pairs. */
    public RewardModelTraining seed(long other) {
        return new RewardModelTraining(model, pairs, whole, options, loss, other, listeners);
    }

    /** One more listener. */
    public RewardModelTraining listener(TrainingListener more) {
        List<TrainingListener> all = new ArrayList<>(listeners);
        all.add(more);
        return new RewardModelTraining(model, pairs, whole, options, loss, seed, all);
    }

    /** Without any listener, so that nothing is shown. */
    public RewardModelTraining quiet() {
        return new RewardModelTraining(model, pairs, whole, options, loss, seed, List.of());
    }

    /**
     * Trains the model, in place. An interrupt of the thread ends the run between two steps: the model is as far as it came, and the thread's
     * interrupt status stays set.
     *
     * @throws TrainingDiverged if loss or parameters are no longer finite; the model is then as it was at the last evaluation
     * @throws IllegalStateException if no pairs were given
     */
    public RewardModelRun run() {
        Preferences.Split split = pairs;
        if (split == null) {
            if (whole == null) {
                throw new IllegalStateException("no pairs to train on: call on(pairs) before run()");
            }
            split = whole.split(HELD_OUT, new Seeds(seed).child("held out").value());
        }
        return new RewardModelLoop(model, split, options, loss, new Seeds(seed).child("order"), listeners).run();
    }
}
