@NullMarked
package org.rewardlab.verify;

import org.jspecify.annotations.NullMarked;
