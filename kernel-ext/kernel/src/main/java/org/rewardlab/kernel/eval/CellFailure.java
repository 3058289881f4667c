package org.rewardlab.kernel.eval;

/** Code evaluated from within a cell failed; carries the report on it. */
public final class CellFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorReport report;

    /** A failure with that report. */
    public CellFailure(ErrorReport report) {
        super(report.evalue());
        this.report = report;
    }

    /** What to tell the user. */
    public ErrorReport report() {
        return report;
    }
}
