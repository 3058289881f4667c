/** Whether native memory stays flat. */
@NullMarked
package org.rewardlab.memory;

import org.jspecify.annotations.NullMarked;
