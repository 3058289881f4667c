package org.rewardlab.kernel.session;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.StreamName;

/** An output of what runs before there is a cell: a result is a display, a failure is text, and nothing is taken back. */
abstract class BareOutput implements CellOutput {

    @Override
    public void clearOutput(boolean wait) {
        // What was said before the first cell stays.
    }

    @Override
    public void result(int count, DisplayData data) {
        display(data, null);
    }

    @Override
    public void error(String ename, String evalue, List<String> traceback) {
        stream(StreamName.STDERR, String.join("\n", traceback) + "\n");
    }
}
