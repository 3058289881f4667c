package org.rewardlab.workbench.show;

import org.rewardlab.kernel.spi.CellEvent;
import org.rewardlab.kernel.spi.CellListener;
import org.rewardlab.lab.display.Progress;

/** After each cell, the progress bars that it left open are drawn as they stand, and hold none of the next cell. */
public final class OpenBars implements CellListener {

    @Override
    public void afterCell(CellEvent cell, boolean failed) {
        Progress.settle();
    }
}
