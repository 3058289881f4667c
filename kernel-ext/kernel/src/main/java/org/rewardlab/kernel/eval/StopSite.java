package org.rewardlab.kernel.eval;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one call site behind every stop check in cells' code. Idle, it points to nothing at all, which the compiler removes;
 * an interrupt points it to {@link #check()}, and all compiled loops of cells meet it at their next turn.
 */
public final class StopSite {

    private static final MethodType VOID = MethodType.methodType(void.class);
    private static final MethodHandle IDLE = MethodHandles.empty(VOID);
    private static final MethodHandle CHECK;
    private static final MutableCallSite SITE = new MutableCallSite(IDLE);
    private static final Set<CellTask> STOPPING = ConcurrentHashMap.newKeySet();

    static {
        try {
            CHECK = MethodHandles.lookup().findStatic(StopSite.class, "check", VOID);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private StopSite() {}

    /** Bootstrap of the instruction that is inserted into cells' classes. */
    public static CallSite bootstrap(MethodHandles.Lookup caller, String name, MethodType type) {
        return SITE;
    }

    /** Stands for {@code System.exit}, {@code Runtime.exit} and {@code Runtime.halt} in cells' classes. */
    @SuppressWarnings("DoNotCallSuggester") // cells' classes are rewritten to call it
    public static void exit(int status) {
        throw new SecurityException("a cell cannot end the process (exit status " + status
                + "): restart the kernel from the menu, or with the kernel's shutdown");
    }

    /** The same for the methods of an instance. */
    public static void exit(Runtime runtime, int status) {
        exit(status);
    }

    static void arm(CellTask task) {
        synchronized (SITE) {
            STOPPING.add(task);
            point(CHECK);
        }
    }

    static void disarm(CellTask task) {
        synchronized (SITE) {
            if (STOPPING.remove(task) && STOPPING.isEmpty()) {
                point(IDLE);
            }
        }
    }

    private static void point(MethodHandle target) {
        if (SITE.getTarget() != target) {
            SITE.setTarget(target);
            MutableCallSite.syncAll(new MutableCallSite[] {SITE});
        }
    }

    @SuppressWarnings("UnusedMethod") // called through the call site
    private static void check() {
        for (CellTask task : STOPPING) {
            if (task.stops(Thread.currentThread())) {
                throw new CellStopped("the cell was interrupted");
            }
        }
    }
}
