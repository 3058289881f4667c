@NullMarked
package org.rewardlab.kernel.magic;

import org.jspecify.annotations.NullMarked;
