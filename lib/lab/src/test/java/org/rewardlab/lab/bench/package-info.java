/** The models timed beside PyTorch. */
@NullMarked
package org.rewardlab.lab.bench;

import org.jspecify.annotations.NullMarked;
