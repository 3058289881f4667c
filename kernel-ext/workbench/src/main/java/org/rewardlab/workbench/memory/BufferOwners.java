package org.rewardlab.workbench.memory;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;

/** A direct buffer that looks into an array's memory keeps the array alive as long as it is reachable itself. */
public final class BufferOwners {

    private static final Cleaner CLEANER = Cleaner.create();

    private BufferOwners() {}

    /** Ties the owner to the buffer; called from DJL's changed {@code JniUtils}. */
    public static ByteBuffer keep(ByteBuffer buffer, Object owner) {
        if (buffer.isDirect()) {
            CLEANER.register(buffer, new Tie(owner));
        }
        return buffer;
    }

    /** Nothing is to be done at the end; being registered is what keeps the owner alive. */
    private record Tie(Object owner) implements Runnable {
        @Override
        public void run() {}
    }
}
