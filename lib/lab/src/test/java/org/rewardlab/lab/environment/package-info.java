@NullMarked
package org.rewardlab.lab.environment;

import org.jspecify.annotations.NullMarked;
