package org.rewardlab.kernel.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cell to run.
 *
 * @param source its text, magics included
 * @param number its number, as in {@code In [7]}
 * @param silent whether the value of its last expression is kept back
 * @param expressions expressions by name to evaluate after success, in their order
 */
public record CellRequest(String source, int number, boolean silent, Map<String, String> expressions) {

    public CellRequest {
        expressions = Collections.unmodifiableMap(new LinkedHashMap<>(expressions));
    }
}
