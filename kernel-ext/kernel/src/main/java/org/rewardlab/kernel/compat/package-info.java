@NullMarked
package org.rewardlab.kernel.compat;

import org.jspecify.annotations.NullMarked;
