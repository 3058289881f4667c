@NullMarked
package org.rewardlab.lab.paper;

import org.jspecify.annotations.NullMarked;
