/**
 * Arms times seeds, and claims that are judged on what they gave.
 *
 * <p>{@code Experiment.named("32-par").arms(arms).seeds(30).run((arm, seed, log) -> ...)} gives
 * {@link org.rewardlab.lab.experiment.Runs}: curves to draw ({@code runs.lines("step", "gold")}) and one number for each arm and seed
 * ({@code runs.last("gold")}). A {@link org.rewardlab.lab.experiment.Claim} is judged on the latter by the end of an interval that
 * speaks against it, never throws, and is shown green or red. At the {@link org.rewardlab.lab.experiment.Scale} {@code smoke} it is
 * computed and not judged.
 *
 * <p>Everything that is random hangs on one root, {@code REWARDLAB_SEED}; {@link org.rewardlab.lab.experiment.Seeds} splits it, so that
 * arms that share a seed see the same draws and are compared in pairs.
 */
@NullMarked
package org.rewardlab.lab.experiment;

import org.jspecify.annotations.NullMarked;
