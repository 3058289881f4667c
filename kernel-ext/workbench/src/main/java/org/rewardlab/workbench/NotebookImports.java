package org.rewardlab.workbench;

import java.util.List;
import org.rewardlab.kernel.spi.StartupImports;

/** Gives the kernel the lines of {@link ImportLines}. */
public final class NotebookImports implements StartupImports {

    @Override
    public List<String> imports() {
        return ImportLines.ALL;
    }
}
