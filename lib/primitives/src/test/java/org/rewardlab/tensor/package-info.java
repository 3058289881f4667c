@NullMarked
package org.rewardlab.tensor;

import org.jspecify.annotations.NullMarked;
