@NullMarked
package org.rewardlab.lab.judge.math;

import org.jspecify.annotations.NullMarked;
