@NullMarked
package org.rewardlab.kernel.assist;

import org.jspecify.annotations.NullMarked;
