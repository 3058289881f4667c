/** What one user works in: the evaluator with its settings, history, start-up scripts and magics. */
@NullMarked
package org.rewardlab.kernel.session;

import org.jspecify.annotations.NullMarked;
