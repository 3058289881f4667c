/**
 * Choosing: which response is said, which prompts are trained on.
 *
 * <p>{@link org.rewardlab.select.ResponseSelection} gives the candidates of a turn probabilities, {@link
 * org.rewardlab.select.AccuracyFilter} keeps the prompts that teach.
 */
@NullMarked
package org.rewardlab.select;

import org.jspecify.annotations.NullMarked;
