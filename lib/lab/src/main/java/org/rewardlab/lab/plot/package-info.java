/** Figures in one look: panels of marks, drawn by Java2D into PNG and SVG, with their numbers as CSV. */
@NullMarked
package org.rewardlab.lab.plot;

import org.jspecify.annotations.NullMarked;
