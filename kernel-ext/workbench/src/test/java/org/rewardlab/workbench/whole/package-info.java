/** The project as a whole, from outside: the script, a real Jupyter, a real browser. */
@NullMarked
package org.rewardlab.workbench.whole;

import org.jspecify.annotations.NullMarked;
