@NullMarked
package org.rewardlab.kernel.output;

import org.jspecify.annotations.NullMarked;
