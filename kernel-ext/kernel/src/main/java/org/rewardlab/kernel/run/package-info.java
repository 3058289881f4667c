/** Runs notebooks without Jupyter: the same evaluator and renderers, no sockets. */
@NullMarked
package org.rewardlab.kernel.run;

import org.jspecify.annotations.NullMarked;
