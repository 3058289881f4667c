/** The lab's displays in a notebook: progress, live charts and results in cells' outputs. */
@NullMarked
package org.rewardlab.workbench.show;

import org.jspecify.annotations.NullMarked;
