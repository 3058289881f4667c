package org.rewardlab.kernel.eval;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one may do about errors of the virtual machine, which a session survives. */
final class Hints {

    private Hints() {}

    static @Nullable String of(Throwable thrown, Supplier<List<Variable>> variables) {
        if (thrown instanceof OutOfMemoryError) {
            if (String.valueOf(thrown.getMessage()).contains("array size")) {
                return "No array can be that long; the session goes on.";
            }
            Runtime runtime = Runtime.getRuntime();
            long mega = 1 << 20;
            return "The heap is full: %,d of %,d MB in use. Set large variables to null, or give the kernel more memory (-Xmx)."
                            .formatted(
                                    (runtime.totalMemory() - runtime.freeMemory()) / mega, runtime.maxMemory() / mega)
                    + largest(variables);
        }
        if (thrown instanceof StackOverflowError) {
            return "The calls were nested too deeply: does a recursion lack its end? The session goes on.";
        }
        if (thrown instanceof NoClassDefFoundError missing) {
            String message = CellNames.plain(String.valueOf(missing.getMessage()));
            if (message.startsWith("Could not initialize")) {
                return "The class failed when it was first used, and stays so: see the first failure, then declare it again.";
            }
            return "The class " + message.replace('/', '.')
                    + " is missing at run time: the jar that uses it needs another one, or it failed to initialize before.";
        }
        if (thrown instanceof NoSuchMethodError || thrown instanceof IncompatibleClassChangeError) {
            return "Two versions of a library are on the class path, or a jar was built against another version.";
        }
        if (thrown instanceof NullPointerException
                && String.valueOf(thrown.getMessage()).contains("Notebook.lineMagic(")) {
            return "This magic has no value that a variable could have.";
        }
        return null;
    }

    /** The three largest variables, where they are large; nothing where even looking fails for want of memory. */
    private static String largest(Supplier<List<Variable>> variables) {
        try {
            String found = variables.get().stream()
                    .map(each -> Map.entry(each.name(), RoughSize.of(each.value())))
                    .filter(each -> each.getValue() > 1_000_000)
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(3)
                    .map(each -> each.getKey() + " about " + each.getValue() / 1_000_000 + " MB")
                    .collect(Collectors.joining(", "));
            return found.isEmpty() ? "" : " The largest: " + found + ".";
        } catch (OutOfMemoryError | RuntimeException e) {
            return "";
        }
    }
}
