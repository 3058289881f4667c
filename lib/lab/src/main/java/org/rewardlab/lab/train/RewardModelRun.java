package org.rewardlab.lab.train;

import org.rewardlab.lab.model.TextRewardModel;
import tech.tablesaw.api.Table;

/**
 * What a training run came to.
 *
 * @param model the trained model
 * @param history a row at the start and at each evaluation: number of the step and the epoch, means over the steps in between of {@code loss},
 *     {@code rewards/accuracies}, {@code rewards/margins}, {@code grad_norm} and what else the loss measures, and {@code eval_loss},
 *     {@code eval_rewards/accuracies}, {@code eval_rewards/margins} on the held-out pairs
 * @param test how the model ranks the held-out pairs at the end
 * @param length how the length of responses alone ranks them
 * @param steps the steps taken
 * @param interrupted whether it was stopped before its end
 */
public record RewardModelRun(
        TextRewardModel model, Table history, Ranking test, Ranking length, int steps, boolean interrupted) {

    /** By how much the model is more accurate than length alone. */
    public double gainOverLength() {
        return test.accuracy() - length.accuracy();
    }

    /** One column of the history. */
    public double[] metric(String name) {
        if (!history.containsColumn(name)) {
            throw new IllegalArgumentException("name: expected one of " + history.columnNames() + ", came " + name);
        }
        return history.numberColumn(name).asDoubleArray();
    }

    @Override
    public String toString() {
        return (interrupted ? "interrupted after " : "") + steps + " steps; held out: " + test + ", by length alone "
                + length.interval();
    }
}
