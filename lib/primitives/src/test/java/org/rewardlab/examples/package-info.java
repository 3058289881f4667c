/**
 * The examples in the Javadoc of the primitives, run.
 *
 * <p>An example is a {@code <pre>{@code ...}</pre>} block that holds at least one line starting with {@code // =>}. The
 * other lines go to JShell as they stand; a line {@code // => text} is what JShell printed for the expression before
 * it, on one line, broken where it is long by lines that start with {@code //}:
 *
 * <pre>{@code
 * var logps = nd.create(new float[] {-1, -2});
 * new Dpo(0.1).loss(new PairLogps(logps, logps, logps, logps)).loss()
 * // => ND: () cpu() float32 0.6931
 * new Dpo(0)
 * // => IllegalArgumentException: beta: expected a finite number above 0, got 0.0
 * }</pre>
 *
 * <p>{@code nd} is an {@code NDManager}, and all packages of the primitives are imported. Numbers are compared to six
 * digits, all else as it is written, blanks aside. Nobody types an output: run {@code mvn test -pl lib/primitives
 * -Dtest=ExamplesTest -Dexamples.write=true}, which writes what was printed after each expression that has a line
 * {@code // =>}, and look at what it wrote.
 *
 * <p>Every primitive has an example. A record or class has one in its own comment; of a class of static functions, each
 * function is called in some example of its file.
 */
@NullMarked
package org.rewardlab.examples;

import org.jspecify.annotations.NullMarked;
