@NullMarked
package org.rewardlab.kernel.bench;

import org.jspecify.annotations.NullMarked;
