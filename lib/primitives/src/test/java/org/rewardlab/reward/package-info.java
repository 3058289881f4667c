@NullMarked
package org.rewardlab.reward;

import org.jspecify.annotations.NullMarked;
