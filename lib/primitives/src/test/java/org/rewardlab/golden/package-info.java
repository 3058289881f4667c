@NullMarked
package org.rewardlab.golden;

import org.jspecify.annotations.NullMarked;
