/** Jupyter's wire protocol: connection files, signed messages, sockets. */
@NullMarked
package org.rewardlab.kernel.wire;

import org.jspecify.annotations.NullMarked;
