@NullMarked
package org.rewardlab.preference;

import org.jspecify.annotations.NullMarked;
