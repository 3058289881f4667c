package org.rewardlab.kernel.eval;

import java.util.List;

/**
 * A failure as a notebook shows it.
 *
 * @param ename the name of the exception's class, as the user wrote it
 * @param evalue its message
 * @param traceback lines with ANSI colours
 */
public record ErrorReport(String ename, String evalue, List<String> traceback) {

    public ErrorReport {
        traceback = List.copyOf(traceback);
    }
}
