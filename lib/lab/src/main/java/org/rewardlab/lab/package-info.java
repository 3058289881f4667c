@NullMarked
package org.rewardlab.lab;

import org.jspecify.annotations.NullMarked;
