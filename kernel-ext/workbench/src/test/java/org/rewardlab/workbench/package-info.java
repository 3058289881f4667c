@NullMarked
package org.rewardlab.workbench;

import org.jspecify.annotations.NullMarked;
