/** An executed notebook as one HTML file that needs no network and no script. */
@NullMarked
package org.rewardlab.kernel.page;

import org.jspecify.annotations.NullMarked;
