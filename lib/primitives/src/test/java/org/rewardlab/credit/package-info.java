@NullMarked
package org.rewardlab.credit;

import org.jspecify.annotations.NullMarked;
