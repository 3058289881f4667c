@NullMarked
package org.rewardlab.workbench.widget;

import org.jspecify.annotations.NullMarked;
