@NullMarked
package org.rewardlab.workbench.magic;

import org.jspecify.annotations.NullMarked;
