/** Summaries, intervals and tests over seeds; missing values are counted and reported, never skipped. */
@NullMarked
package org.rewardlab.lab.statistics;

import org.jspecify.annotations.NullMarked;
