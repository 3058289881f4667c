/** Trainers: plain loops whose strategies are arguments, and what they report. */
@NullMarked
package org.rewardlab.lab.train;

import org.jspecify.annotations.NullMarked;
