/** What tests of primitives share: drawn inputs, central differences, a count of live arrays. */
@NullMarked
package org.rewardlab.testing;

import org.jspecify.annotations.NullMarked;
