package org.rewardlab.kernel.run;

/** How a run ended, as the shell sees it; of several notebooks the worst counts. */
enum ExitCode {
    /** All cells ran and no claim is red. */
    RAN(0),
    /** All cells ran and a claim is red. */
    CLAIM_FAILED(3),
    /** A cell failed; the notebook was written nevertheless. */
    CELL_FAILED(1),
    /** Nothing could be run. */
    NOT_STARTED(2);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The worse of two. */
    ExitCode and(ExitCode other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The meaning of a process's exit status; an unknown one, such as that of a crash, means that a cell failed. */
    static ExitCode ofStatus(int status) {
        for (ExitCode code : values()) {
            if (code.status == status) {
                return code;
            }
        }
        return CELL_FAILED;
    }
}
