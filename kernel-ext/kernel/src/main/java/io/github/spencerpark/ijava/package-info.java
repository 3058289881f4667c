@NullMarked
package io.github.spencerpark.ijava;

import org.jspecify.annotations.NullMarked;
