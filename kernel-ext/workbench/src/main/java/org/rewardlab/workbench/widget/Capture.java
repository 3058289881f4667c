package org.rewardlab.workbench.widget;

import java.util.concurrent.Callable;
import org.rewardlab.kernel.spi.OutputCapture;

/** Leads output into an area where the kernel can; in a kernel that has no such service it stays where it is. */
final class Capture {

    private static final boolean POSSIBLE = isPossible();

    private Capture() {}

    private static boolean isPossible() {
        try {
            Class.forName("org.rewardlab.kernel.spi.OutputCapture", false, Capture.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static <T> T into(OutputArea area, Callable<T> work) throws Exception {
        return POSSIBLE ? ByKernel.into(area, work) : work.call();
    }

    /** Apart, so that a kernel without the service never looks for it. */
    private static final class ByKernel {

        static <T> T into(OutputArea area, Callable<T> work) throws Exception {
            return OutputCapture.during(new AreaSink(area), work);
        }
    }
}
