package org.rewardlab.workbench.show;

import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.rewardlab.lab.display.Display;
import org.rewardlab.lab.display.Shown;

/** Shows content as an output of the running cell, and replaces it in place. */
public final class NotebookDisplay implements Display {

    private final BaseKernel kernel;

    /** A display in the notebooks of a kernel. */
    public NotebookDisplay(BaseKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Shown show(Object content) {
        String id = UUID.randomUUID().toString();
        DisplayData first = rendered(content);
        first.setDisplayId(id);
        kernel.display(first);
        return later -> {
            DisplayData next = rendered(later);
            next.setDisplayId(id);
            kernel.getIO().display.updateDisplay(id, next);
        };
    }

    private DisplayData rendered(Object content) {
        return new DisplayData(kernel.getRenderer().render(content));
    }
}
