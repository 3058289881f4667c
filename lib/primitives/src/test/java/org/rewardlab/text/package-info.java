@NullMarked
package org.rewardlab.text;

import org.jspecify.annotations.NullMarked;
