package org.rewardlab.kernel.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with one notebook.
 *
 * @param notebook the notebook, absolute
 * @param output where the executed notebook is written, absolute
 * @param page where its HTML page is written; null for none
 * @param parameters names and values that replace those of the cell tagged {@code parameters}
 * @param timeout the longest a cell may take; null for no limit
 * @param allowErrors whether cells after a failed one run
 * @param trace whether outputs are printed as well
 * @param slim whether PNG pictures are left out where the same picture is there as SVG
 */
record RunPlan(
        Path notebook,
        Path output,
        @Nullable Path page,
        Map<String, String> parameters,
        @Nullable Duration timeout,
        boolean allowErrors,
        boolean trace,
        boolean slim) {}
