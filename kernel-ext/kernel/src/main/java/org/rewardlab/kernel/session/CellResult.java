package org.rewardlab.kernel.session;

import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.ErrorReport;

/**
 * How a cell or an expression ended; a cell's outputs have gone to its {@link org.rewardlab.kernel.output.CellOutput}.
 *
 * @param error the failure, or null where it succeeded
 * @param expressions the results of the request's expressions by name
 * @param value the last expression as it was shown, or null
 */
public record CellResult(
        @Nullable ErrorReport error,
        Map<String, CellResult> expressions,
        @Nullable DisplayData value) {

    /** Whether it ran to its end. */
    public boolean succeeded() {
        return error == null;
    }
}
