@NullMarked
package org.rewardlab.kernel.spi;

import org.jspecify.annotations.NullMarked;
