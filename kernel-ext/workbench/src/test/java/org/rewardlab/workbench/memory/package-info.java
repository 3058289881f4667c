@NullMarked
package org.rewardlab.workbench.memory;

import org.jspecify.annotations.NullMarked;
