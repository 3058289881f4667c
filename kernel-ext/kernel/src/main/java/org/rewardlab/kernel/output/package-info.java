/** What a cell prints and shows, carried to the cell that it belongs to and kept within limits. */
@NullMarked
package org.rewardlab.kernel.output;

import org.jspecify.annotations.NullMarked;
