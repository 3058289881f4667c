/**
 * The catalogue of the 57 papers: what each claims, where it stands in the library, and what our runs of its notebook say.
 *
 * <p>{@link org.rewardlab.lab.paper.Papers} has the rows; verdicts and margins are read from the executed notebooks, so that no
 * row can say what no run has shown.
 */
@NullMarked
package org.rewardlab.lab.paper;

import org.jspecify.annotations.NullMarked;
