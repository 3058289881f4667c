@NullMarked
package org.rewardlab.kernel.session;

import org.jspecify.annotations.NullMarked;
