package org.rewardlab.kernel.magics;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.rewardlab.kernel.session.Session;

/** The magics that every session of this kernel has: those of IJava and JJava, and some that other kernels taught. */
public final class BuiltinMagics implements Extension {

    @Override
    public void install(BaseKernel kernel) {
        if (kernel instanceof Session session) {
            TimeMagics.register(session);
            MavenMagics.register(session);
            ClasspathMagics.register(session);
            LoadMagic.register(session);
            ShellMagics.register(session);
            StateMagics.register(session);
        }
    }
}
