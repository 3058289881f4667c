@NullMarked
package org.rewardlab.kernel.wire;

import org.jspecify.annotations.NullMarked;
