package org.rewardlab.kernel.eval;

import java.util.function.UnaryOperator;
import org.objectweb.asm.MethodTooLargeException;

/** Instruments classes, with less where a class is too large, and not at all where it is too new; the latter is said once. */
final class SafeRewrite implements UnaryOperator<byte[]> {

    private final Instrumenter instrumenter;
    private boolean warned;

    SafeRewrite(Instrumenter instrumenter) {
        this.instrumenter = instrumenter;
    }

    @Override
    public byte[] apply(byte[] original) {
        try {
            return instrumenter.instrument(original, true);
        } catch (MethodTooLargeException e) {
            return instrumenter.instrument(original, false);
        } catch (IllegalArgumentException e) {
            if (!warned) {
                warned = true;
                System.err.println("[this JDK's classes are newer than the kernel knows (" + e.getMessage()
                        + "): loops cannot be stopped, and variables may be reset by later declarations]");
            }
            return original;
        }
    }
}
