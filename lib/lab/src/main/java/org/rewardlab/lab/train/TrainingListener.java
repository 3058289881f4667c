package org.rewardlab.lab.train;

import tech.tablesaw.api.Table;

/** Hears of a training run while it goes on. */
public interface TrainingListener {

    /** The run begins and will take so many steps. */
    default void started(int steps) {}

    /** The run goes on from a checkpoint: so many of its steps were taken before; later ones may have been heard of, and come again. */
    default void resumed(int step) {}

    /** A step was taken. */
    default void stepped(TrainingStep step) {}

    /** A step of policy training sampled and scored these completions. */
    default void sampled(PolicyStep step) {}

    /** The held-out pairs were judged; the last row of the history tells how. */
    default void evaluated(Table history) {}

    /** The run ended, also before its time; an empty reason means that it went to its end. */
    default void ended(String reason) {}
}
