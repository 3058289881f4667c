package org.rewardlab.lab.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rewardlab.lab.display.Displayable;
import org.rewardlab.lab.experiment.RunLog;
import org.rewardlab.lab.model.TextRewardModel;
import org.rewardlab.lab.plot.Figure;
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
        TextRewardModel model, Table history, Ranking test, Ranking length, int steps, boolean interrupted)
        implements Displayable {

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

    /**
     * Hands the held-out numbers over to an experiment, a row for each evaluation: {@code accuracy}, {@code margin} and {@code loss}.
     */
    public void logTo(RunLog log) {
        double[] steps = metric("step");
        double[] accuracy = metric("eval_rewards/accuracies");
        double[] margin = metric("eval_rewards/margins");
        double[] loss = metric("eval_loss");
        for (int row = 0; row < steps.length; row++) {
            log.at((long) steps[row], Map.of("accuracy", accuracy[row], "margin", margin[row], "loss", loss[row]));
        }
    }

    /**
     * Curves over the steps, a panel for each metric: of the training batches and, where it was measured there, of the held-out pairs.
     *
     * @param metrics names such as {@code rewards/margins}
     */
    public Figure plot(String... metrics) {
        return HistoryPlot.of(history, metrics);
    }

    @Override
    public Map<String, Object> mimeBundle() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/html", "<div>" + this + "</div>");
        bundle.put("text/plain", toString());
        return bundle;
    }

    @Override
    public String toString() {
        return (interrupted ? "interrupted after " : "") + steps + " steps; held out: " + test + ", by length alone "
                + length.interval();
    }
}
