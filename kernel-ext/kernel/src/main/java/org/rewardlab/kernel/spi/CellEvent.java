package org.rewardlab.kernel.spi;

import java.util.List;
import java.util.function.Supplier;
import org.rewardlab.kernel.eval.Variable;

/**
 * A cell that is about to run or has run.
 *
 * @param number its number, as in {@code In [7]}
 * @param source its text as the user wrote it; empty for the work that a message of a widget asks for
 * @param variables the notebook's variables with their present values, looked up when asked
 */
public record CellEvent(int number, String source, Supplier<List<Variable>> variables) {}
