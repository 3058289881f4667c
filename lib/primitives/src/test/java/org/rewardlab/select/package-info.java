@NullMarked
package org.rewardlab.select;

import org.jspecify.annotations.NullMarked;
