/** The magics that come with the kernel. */
@NullMarked
package org.rewardlab.kernel.magics;

import org.jspecify.annotations.NullMarked;
