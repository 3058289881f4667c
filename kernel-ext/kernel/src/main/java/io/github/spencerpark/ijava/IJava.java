package io.github.spencerpark.ijava;

import org.rewardlab.kernel.session.Session;

/** The name by which IJava's notebooks reach their kernel. */
public final class IJava {

    private IJava() {}

    /** The running kernel. */
    public static JavaKernel getKernelInstance() {
        return Session.current();
    }
}
