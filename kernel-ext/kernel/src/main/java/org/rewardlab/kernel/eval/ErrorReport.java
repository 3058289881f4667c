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

    private static final int LONGEST = 100_000;
    private static final int MOST = 1_000_000;

    /** The middle of what is too long is left out: the message and each line after 100,000 characters, all lines after a million. */
    public ErrorReport {
        evalue = LongText.cut(evalue, LONGEST, "");
        traceback = List.copyOf(LongText.cut(traceback, LONGEST, MOST));
    }
}
