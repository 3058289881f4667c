/** Help while typing: completions, inspection of names, and whether a cell is complete. */
@NullMarked
package org.rewardlab.kernel.assist;

import org.jspecify.annotations.NullMarked;
