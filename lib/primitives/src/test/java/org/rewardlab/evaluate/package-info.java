@NullMarked
package org.rewardlab.evaluate;

import org.jspecify.annotations.NullMarked;
