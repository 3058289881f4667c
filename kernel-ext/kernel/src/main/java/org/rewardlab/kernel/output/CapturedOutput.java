package org.rewardlab.kernel.output;

/** An output that takes, for a while, what would have gone to another one, on whose behalf the work still is done. */
public interface CapturedOutput extends CellOutput {

    /** The output in whose place this one stands. */
    CellOutput replaced();

    /** The output at the bottom: the one that no other one is replaced by. */
    static CellOutput bottom(CellOutput output) {
        CellOutput each = output;
        while (true) {
            if (each instanceof LiveOutput live) {
                each = live.target();
            } else if (each instanceof CapturedOutput captured) {
                each = captured.replaced();
            } else {
                return each;
            }
        }
    }
}
