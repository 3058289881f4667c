package org.rewardlab.kernel.eval;

import org.jspecify.annotations.Nullable;

/** What one may do about errors of the virtual machine, which a session survives. */
final class Hints {

    private Hints() {}

    static @Nullable String of(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            Runtime runtime = Runtime.getRuntime();
            long mega = 1 << 20;
            return "The heap is full: %,d of %,d MB in use. Set large variables to null, or give the kernel more memory (-Xmx)."
                    .formatted((runtime.totalMemory() - runtime.freeMemory()) / mega, runtime.maxMemory() / mega);
        }
        if (thrown instanceof StackOverflowError) {
            return "The calls were nested too deeply: does a recursion lack its end? The session goes on.";
        }
        if (thrown instanceof NoClassDefFoundError missing) {
            return "The class " + String.valueOf(missing.getMessage()).replace('/', '.')
                    + " is missing at run time: the jar that uses it needs another one, or it failed to initialize before.";
        }
        if (thrown instanceof NoSuchMethodError || thrown instanceof IncompatibleClassChangeError) {
            return "Two versions of a library are on the class path, or a jar was built against another version.";
        }
        return null;
    }
}
