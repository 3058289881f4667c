/** Models that are trained, and the features they see. */
@NullMarked
package org.rewardlab.lab.model;

import org.jspecify.annotations.NullMarked;
