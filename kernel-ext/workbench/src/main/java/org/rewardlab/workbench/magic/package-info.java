/** The magics of the workbench. */
@NullMarked
package org.rewardlab.workbench.magic;

import org.jspecify.annotations.NullMarked;
