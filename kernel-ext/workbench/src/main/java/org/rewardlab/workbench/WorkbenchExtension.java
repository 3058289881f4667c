package org.rewardlab.workbench;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Display;
import org.rewardlab.workbench.magic.Magics;
import org.rewardlab.workbench.memory.ArrayScopes;
import org.rewardlab.workbench.render.Renderers;
import org.rewardlab.workbench.show.NotebookDisplay;
import org.rewardlab.workbench.widget.FrontEnd;

/**
 * What makes a Java kernel a workbench: memory care, renderers, progress and live charts, magics. Made for RewardLab's
 * kernel; in JJava it does the same, but for what needs to know where a cell ends.
 */
public final class WorkbenchExtension implements Extension {

    private @Nullable Display before;

    @Override
    public void install(BaseKernel kernel) {
        String problem = ArrayScopes.start().problem();
        if (problem != null) {
            System.err.println("RewardLab: " + problem + "; arrays made by create(...) and operations with Java numbers"
                    + " are safe for the cell that makes them. Restart the kernel to have them safe always.");
        }
        Renderers.register(kernel.getRenderer());
        Magics.register(kernel.getMagicsRegistry());
        FrontEnd.connect(kernel);
        before = Display.install(new NotebookDisplay(kernel));
    }

    @Override
    public void uninstall(BaseKernel kernel) {
        FrontEnd.connect(null);
        Display display = before;
        if (display != null) {
            Display.install(display);
            before = null;
        }
    }
}
