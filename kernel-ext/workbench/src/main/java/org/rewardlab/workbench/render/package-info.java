/**
 * How values look in a notebook: HTML with inline styles that reads on light and dark pages, and plain text beside it. No scripts and nothing
 * from a network, so that an exported page shows the same.
 */
@NullMarked
package org.rewardlab.workbench.render;

import org.jspecify.annotations.NullMarked;
