/** Preference data: reading, cleaning and splitting it, on top of Tablesaw tables. */
@NullMarked
package org.rewardlab.lab.data;

import org.jspecify.annotations.NullMarked;
