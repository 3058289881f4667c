@NullMarked
package org.rewardlab.workbench.render;

import org.jspecify.annotations.NullMarked;
