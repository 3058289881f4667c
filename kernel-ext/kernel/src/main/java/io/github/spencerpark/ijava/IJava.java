package io.github.spencerpark.ijava;

import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.rewardlab.kernel.session.Notebook;

/** The name by which IJava's notebooks reach their kernel. */
public final class IJava {

    private IJava() {}

    /** The running kernel. */
    public static BaseKernel getKernelInstance() {
        return Notebook.getKernelInstance();
    }
}
