/** The entry of the IJava kernel, for notebooks written for it. */
@NullMarked
package io.github.spencerpark.ijava;

import org.jspecify.annotations.NullMarked;
