@NullMarked
package org.rewardlab.lab.judge;

import org.jspecify.annotations.NullMarked;
