/** Scales, seeds, folders, arms x seeds, and claims checked on what they gave. */
@NullMarked
package org.rewardlab.lab.experiment;

import org.jspecify.annotations.NullMarked;
