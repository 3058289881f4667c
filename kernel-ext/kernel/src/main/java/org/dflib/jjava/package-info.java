/** The entry of the JJava kernel, for notebooks written for it. */
@NullMarked
package org.dflib.jjava;

import org.jspecify.annotations.NullMarked;
