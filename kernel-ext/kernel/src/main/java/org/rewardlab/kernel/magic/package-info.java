/** Lines that start with a percent sign, found in a cell and turned into calls. */
@NullMarked
package org.rewardlab.kernel.magic;

import org.jspecify.annotations.NullMarked;
