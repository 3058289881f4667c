/** Side-by-side benchmarks of the primitives and the same work in PyTorch; a main program, no test. */
@NullMarked
package org.rewardlab.bench;

import org.jspecify.annotations.NullMarked;
