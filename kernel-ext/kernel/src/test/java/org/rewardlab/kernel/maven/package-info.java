@NullMarked
package org.rewardlab.kernel.maven;

import org.jspecify.annotations.NullMarked;
