/**
 * The lab inside the kernel: what is imported before the first cell, and how values of the lab look and behave in
 * cells.
 */
@NullMarked
package org.rewardlab.workbench;

import org.jspecify.annotations.NullMarked;
