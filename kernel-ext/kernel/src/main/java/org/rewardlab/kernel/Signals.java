package org.rewardlab.kernel;

import java.lang.reflect.Proxy;
import org.rewardlab.kernel.output.SystemStreams;

/** The interrupt signal, through the JDK's own class where it is there; javac does not let one name it. */
final class Signals {

    private Signals() {}

    static void onInterrupt(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> arguments != null && self == arguments[0];
                            default -> "interrupt";
                        };
                    });
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, proxy);
        } catch (ReflectiveOperationException | RuntimeException e) {
            SystemStreams.processErr().println("[kernel] interrupts by signal are not available: " + e);
        }
    }
}
