@NullMarked
package org.rewardlab.kernel.eval;

import org.jspecify.annotations.NullMarked;
