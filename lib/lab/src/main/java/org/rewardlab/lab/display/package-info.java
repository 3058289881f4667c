/** How the lab shows progress, live charts and results, whatever it runs in: a terminal, a notebook, a headless run. */
@NullMarked
package org.rewardlab.lab.display;

import org.jspecify.annotations.NullMarked;
