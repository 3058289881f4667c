/** Libraries from Maven repositories, with their dependencies, for the class path of a notebook. */
@NullMarked
package org.rewardlab.kernel.maven;

import org.jspecify.annotations.NullMarked;
