package org.rewardlab.lab.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rewardlab.lab.data.Preferences;
import org.rewardlab.lab.data.Shuffle;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.model.EncodedPairs;
import org.rewardlab.lab.model.TextRewardModel;
import org.rewardlab.reward.RewardModelLoss;
import org.rewardlab.reward.RewardPairs;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Scope;

/** The loop itself: shuffle, take a batch, lower the loss, look at the held-out pairs now and then. */
final class RewardModelLoop {
    private final TextRewardModel model;
    private final Preferences.Split split;
    private final EncodedPairs train;
    private final EncodedPairs test;
    private final TrainingOptions options;
    private final RewardModelLoss<RewardPairs> loss;
    private final Seeds order;
    private final List<TrainingListener> listeners;
    private final TrainingHistory history = new TrainingHistory();
    private final int stepsPerEpoch;
    private final int steps;
    private int[] shuffled = {};

    RewardModelLoop(
            TextRewardModel model,
            Preferences.Split split,
            TrainingOptions options,
            RewardModelLoss<RewardPairs> loss,
            Seeds order,
            List<TrainingListener> listeners) {
        this.model = model;
        this.split = split;
        this.train = EncodedPairs.of(model.features(), split.train());
        this.test = EncodedPairs.of(model.features(), split.test());
        this.options = options;
        this.loss = loss;
        this.order = order;
        this.listeners = listeners;
        this.stepsPerEpoch = (train.size() + options.batchSize() - 1) / options.batchSize();
        this.steps = options.epochs() * stepsPerEpoch;
    }

    RewardModelRun run() {
        tell(listener -> listener.started(steps));
        String reason = "stopped by an error";
        try (Optimizer optimizer = new Optimizer(model.parameters(), options.learningRate(), options.weightDecay());
                Snapshot lastGood = new Snapshot(model.parameters())) {
            Ranking heldOut = evaluate(0);
            int step = 0;
            boolean interrupted = false;
            int every = Math.max(1, steps / options.evaluations());
            while (step < steps && !interrupted) {
                step++;
                step(step, optimizer, lastGood);
                interrupted = Thread.currentThread().isInterrupted();
                if (step % every == 0 || step == steps || interrupted) {
                    heldOut = evaluate(step);
                    lastGood.take();
                }
            }
            reason = interrupted ? "interrupted" : "";
            Ranking length = LengthBaseline.fit(split.train()).rank(split.test());
            return new RewardModelRun(model, history.table(), heldOut, length, step, interrupted);
        } catch (TrainingDiverged diverged) {
            reason = "diverged";
            throw diverged;
        } finally {
            String why = reason;
            tell(listener -> listener.ended(why));
        }
    }

    private void step(int step, Optimizer optimizer, Snapshot lastGood) {
        EncodedPairs batch = train.rows(rows(step));
        Map<String, Double> metrics = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            LossOutput out = Gradients.record(() -> loss.loss(new RewardPairs(
                    model.rewards(model.batch(batch.chosen())), model.rewards(model.batch(batch.rejected())))));
            double value = out.value();
            metrics.put("loss", value);
            out.metrics().toMap().forEach((name, number) -> metrics.put(MetricNames.of(name), number));
            Gradients.backward(Gradients.record(() -> Penalty.l2(out.loss(), model.parameters(), options.l2())));
            double norm = optimizer.step(0);
            metrics.put("grad_norm", norm);
            if (!Double.isFinite(value) || !Double.isFinite(norm) || !Double.isFinite(optimizer.parameterNorm())) {
                lastGood.restore();
                String what = Double.isFinite(value) ? "the parameters are no longer finite" : "the loss is " + value;
                throw new TrainingDiverged(what, step, steps, options.learningRate());
            }
        }
        TrainingStep done = new TrainingStep(step, steps, (double) step / stepsPerEpoch, metrics);
        history.add(done);
        tell(listener -> listener.stepped(done));
    }

    /** The rows of a batch: each epoch goes through all pairs once, in an order of its own. */
    private int[] rows(int step) {
        int epoch = (step - 1) / stepsPerEpoch;
        int from = (step - 1) % stepsPerEpoch * options.batchSize();
        if (from == 0) {
            shuffled = Shuffle.order(train.size(), order.child(epoch).value());
        }
        return Arrays.copyOfRange(shuffled, from, Math.min(train.size(), from + options.batchSize()));
    }

    private Ranking evaluate(int step) {
        Ranking heldOut = Ranking.of(model.margins(test));
        history.row(step, (double) step / stepsPerEpoch, heldOut);
        tell(listener -> listener.evaluated(history.table()));
        return heldOut;
    }

    private void tell(Consumer<TrainingListener> news) {
        listeners.forEach(news);
    }
}
