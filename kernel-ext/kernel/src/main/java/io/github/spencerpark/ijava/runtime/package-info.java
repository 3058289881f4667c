/** What cells written for IJava call: {@code display}, and the kernel's magics from Java. */
@NullMarked
package io.github.spencerpark.ijava.runtime;

import org.jspecify.annotations.NullMarked;
