/** A Java kernel for Jupyter on JShell, and the command line that installs it and runs notebooks without it. */
@NullMarked
package org.rewardlab.kernel;

import org.jspecify.annotations.NullMarked;
