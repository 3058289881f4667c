/**
 * What an extension may give the kernel: imports, descriptions of values, and an ear for what happens around a
 * cell.
 */
@NullMarked
package org.rewardlab.kernel.spi;

import org.jspecify.annotations.NullMarked;
