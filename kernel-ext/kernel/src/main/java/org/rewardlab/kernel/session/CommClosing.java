package org.rewardlab.kernel.session;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;

/** Tells a comm that the kernel's side closed it; JJava keeps that call to its own package. */
final class CommClosing {

    private CommClosing() {}

    static void tell(Comm comm, Message<CommCloseCommand> message) {
        try {
            Method onClose = Comm.class.getDeclaredMethod("onClose", Message.class, boolean.class);
            onClose.setAccessible(true);
            onClose.invoke(comm, message, true);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JJava's comm has changed", e);
        }
    }
}
