/** Answers to mathematical questions: found in text, read as mathematics, compared. */
@NullMarked
package org.rewardlab.lab.judge.math;

import org.jspecify.annotations.NullMarked;
