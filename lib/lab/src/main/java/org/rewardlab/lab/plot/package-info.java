/**
 * Figures in one look, drawn by Java2D into PNG and SVG, with their numbers as CSV: panels of marks ({@link
 * org.rewardlab.lab.plot.Plots}), and where methods put the credit for one episode ({@link
 * org.rewardlab.lab.plot.CreditView}).
 */
@NullMarked
package org.rewardlab.lab.plot;

import org.jspecify.annotations.NullMarked;
