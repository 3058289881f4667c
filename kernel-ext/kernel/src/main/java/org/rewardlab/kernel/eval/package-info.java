/** Cells compiled and run by JShell: split, interrupted, and reported on when they fail. */
@NullMarked
package org.rewardlab.kernel.eval;

import org.jspecify.annotations.NullMarked;
