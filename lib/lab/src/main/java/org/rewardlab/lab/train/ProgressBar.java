package org.rewardlab.lab.train;

import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Progress;

/** Shows a run on the current display: percentage, rate, time left and the latest metrics. */
public final class ProgressBar implements TrainingListener {
    private final String label;
    private @Nullable Progress bar;

    /**
     * @param label what is being done
     */
    public ProgressBar(String label) {
        this.label = label;
    }

    @Override
    public void started(int steps) {
        bar = Progress.of(label, steps);
    }

    @Override
    public void stepped(TrainingStep step) {
        if (bar != null) {
            bar.step(step.metrics());
        }
    }

    @Override
    public void ended(String reason) {
        if (bar != null && reason.isEmpty()) {
            bar.close();
        } else if (bar != null) {
            bar.fail(reason);
        }
    }
}
