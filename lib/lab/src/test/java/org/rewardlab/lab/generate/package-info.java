@NullMarked
package org.rewardlab.lab.generate;

import org.jspecify.annotations.NullMarked;
