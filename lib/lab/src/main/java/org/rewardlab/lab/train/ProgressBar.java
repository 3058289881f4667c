package org.rewardlab.lab.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Progress;

/** Shows a run on the current display: percentage, rate, time left, and of the last batch loss, reward, accuracy, margin and gradient norm. */
public final class ProgressBar implements TrainingListener {
    private static final Set<String> SHOWN =
            Set.of("loss", "reward", "rewards/accuracies", "rewards/margins", "grad_norm");

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
    public void resumed(int step) {
        if (bar != null) {
            bar.advance(step, Map.of());
        }
    }

    @Override
    public void stepped(TrainingStep step) {
        if (bar != null) {
            Map<String, Double> shown = new LinkedHashMap<>(step.metrics());
            shown.keySet().retainAll(SHOWN);
            bar.step(shown);
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
