@NullMarked
package org.rewardlab.policy;

import org.jspecify.annotations.NullMarked;
