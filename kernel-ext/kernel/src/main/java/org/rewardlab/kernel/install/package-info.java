/** Installs the kernel for Jupyter: kernelspec, start arguments and class-data archive. */
@NullMarked
package org.rewardlab.kernel.install;

import org.jspecify.annotations.NullMarked;
