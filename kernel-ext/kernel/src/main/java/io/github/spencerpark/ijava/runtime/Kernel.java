package io.github.spencerpark.ijava.runtime;

import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.session.Notebook;

/** IJava's functions on the kernel, under their old name. */
public final class Kernel {

    private Kernel() {}

    /** The running kernel. */
    public static BaseKernel getKernelInstance() {
        return Notebook.getKernelInstance();
    }

    /** Evaluates Java and returns the value of its last expression. */
    public static @Nullable Object eval(String source) {
        return Notebook.eval(source);
    }
}
