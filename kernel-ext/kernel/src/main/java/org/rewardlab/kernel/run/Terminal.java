package org.rewardlab.kernel.run;

import java.io.Console;

/** Whether a person looks on at the other end of standard output. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on the console is asked itself
    static boolean isAttached() {
        Console console = System.console();
        if (console == null || System.getenv("TERM") == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // before Java 22 there is a console only at a terminal
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
