@NullMarked
package org.rewardlab.kernel;

import org.jspecify.annotations.NullMarked;
