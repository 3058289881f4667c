@NullMarked
package org.rewardlab.workbench.show;

import org.jspecify.annotations.NullMarked;
