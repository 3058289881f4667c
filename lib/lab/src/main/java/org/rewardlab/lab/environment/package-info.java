/** Worlds in which claims are tested: small, seedable, with known answers. */
@NullMarked
package org.rewardlab.lab.environment;

import org.jspecify.annotations.NullMarked;
