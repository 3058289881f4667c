/** Sampling from language models: seeds, filters, stop tokens, and what the model said of each token it drew. */
@NullMarked
package org.rewardlab.lab.generate;

import org.jspecify.annotations.NullMarked;
