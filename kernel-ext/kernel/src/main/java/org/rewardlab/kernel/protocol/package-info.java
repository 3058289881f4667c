/** Jupyter's messages answered: execution, assistance, history, comms and input, one request after another. */
@NullMarked
package org.rewardlab.kernel.protocol;

import org.jspecify.annotations.NullMarked;
