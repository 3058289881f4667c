@NullMarked
package org.rewardlab.kernel.protocol;

import org.jspecify.annotations.NullMarked;
