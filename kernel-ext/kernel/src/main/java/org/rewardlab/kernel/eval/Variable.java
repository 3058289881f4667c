package org.rewardlab.kernel.eval;

import org.jspecify.annotations.Nullable;

/**
 * A variable of the notebook.
 *
 * @param name its name
 * @param type its declared type as Java source
 * @param value its present value
 */
public record Variable(String name, String type, @Nullable Object value) {}
