@NullMarked
package org.rewardlab.kernel.magics;

import org.jspecify.annotations.NullMarked;
