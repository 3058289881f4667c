package org.rewardlab.kernel.session;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.CellFrames;
import org.rewardlab.kernel.magic.UnknownMagicException;

/** Calls magics; what a magic says of its arguments reaches the user without the frames of the magic. */
final class MagicCalls {

    private final Session session;
    private final MagicsRegistry registry;

    MagicCalls(Session session, MagicsRegistry registry) {
        this.session = session;
        this.registry = registry;
    }

    @Nullable
    Object line(String name, List<String> arguments) {
        return called(() -> {
            if (!registry.getLineMagicNames().contains(name)) {
                throw bare(new UnknownMagicException(name, true));
            }
            return registry.evalLineMagic(session, name, arguments);
        });
    }

    @Nullable
    Object cell(String name, List<String> arguments, String body) {
        return called(() -> {
            if (!registry.getCellMagicNames().contains(name)) {
                throw bare(new UnknownMagicException(name, false));
            }
            return registry.evalCellMagic(session, name, arguments, body);
        });
    }

    private static @Nullable Object called(Callable<@Nullable Object> magic) {
        try {
            return Unchecked.<@Nullable Object>call(magic);
        } catch (IllegalArgumentException e) {
            throw isOfMagic(e) ? bare(new IllegalArgumentException(e.getMessage())) : e;
        }
    }

    /** Whether the magic itself complains, not code of the user that it ran. */
    private static boolean isOfMagic(IllegalArgumentException thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().equals(MagicCalls.class.getName())) {
                return true;
            }
            if (CellFrames.isCell(frame)) {
                return false;
            }
        }
        return false;
    }

    private static <T extends Throwable> T bare(T thrown) {
        thrown.setStackTrace(Arrays.stream(thrown.getStackTrace())
                .dropWhile(frame -> !CellFrames.isCell(frame))
                .toArray(StackTraceElement[]::new));
        return thrown;
    }
}
