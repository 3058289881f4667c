/** Names of the IJava kernel that older notebooks use. */
@NullMarked
package org.rewardlab.kernel.compat;

import org.jspecify.annotations.NullMarked;
