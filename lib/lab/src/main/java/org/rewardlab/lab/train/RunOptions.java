package org.rewardlab.lab.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all trainers are told about a run.
 *
 * @param seed of all that is drawn
 * @param listeners that hear of each step
 * @param checkpoints where the run can be taken up again, null for nowhere
 */
record RunOptions(
        long seed,
        List<TrainingListener> listeners,
        @Nullable Checkpoints checkpoints) {

    RunOptions {
        listeners = List.copyOf(listeners);
    }

    RunOptions withSeed(long value) {
        return new RunOptions(value, listeners, checkpoints);
    }

    RunOptions withListener(TrainingListener more) {
        List<TrainingListener> all = new ArrayList<>(listeners);
        all.add(more);
        return new RunOptions(seed, all, checkpoints);
    }

    RunOptions quiet() {
        return new RunOptions(seed, List.of(), checkpoints);
    }

    RunOptions withCheckpoints(Path folder, int every) {
        return new RunOptions(seed, listeners, new Checkpoints(folder, every));
    }

    void tell(Consumer<TrainingListener> news) {
        listeners.forEach(news);
    }
}
