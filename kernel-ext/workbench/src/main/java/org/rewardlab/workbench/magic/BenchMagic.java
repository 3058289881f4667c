package org.rewardlab.workbench.magic;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/**
 * {@code %%bench}: how long the body of a cell takes. It is compiled once, as a lambda, so that what is measured is the body
 * and not the shell. The value of a last expression is used up, so that nothing is optimized away.
 */
final class BenchMagic {

    private static final String TYPE = Timing.Body.class.getCanonicalName();

    private BenchMagic() {}

    static Timing run(BaseKernel kernel, List<String> arguments, String body) {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException(
                    "%%bench: expected nothing beside it, got " + String.join(" ", arguments));
        }
        String source = body.stripTrailing();
        if (source.isBlank()) {
            throw new IllegalArgumentException("%%bench: expected code below the first line, got nothing");
        }
        return Timing.of(compiled(kernel, source));
    }

    private static Timing.Body compiled(BaseKernel kernel, String source) {
        RuntimeException failure = null;
        for (String lambda : forms(source)) {
            try {
                @Nullable Object value = kernel.evalRaw("(" + TYPE + ") " + lambda);
                if (value instanceof Timing.Body compiled) {
                    return compiled;
                }
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure; // the first form is the most likely
            }
        }
        throw failure != null ? failure : new IllegalStateException("%%bench: this kernel evaluates nothing here");
    }

    /** The source as an expression, as statements with an expression at the end, and as statements. */
    static List<String> forms(String source) {
        if (source.endsWith(";") || source.endsWith("}")) {
            return List.of("() -> {\n" + source + "\nreturn null; }");
        }
        int cut = Math.max(source.lastIndexOf(";\n"), source.lastIndexOf("}\n")) + 1;
        String last = "return (" + source.substring(cut).strip() + ");";
        return cut == 0
                ? List.of("() -> {\nreturn (" + source + "\n); }", "() -> {\n" + source + ";\nreturn null; }")
                : List.of(
                        "() -> {\n" + source.substring(0, cut) + "\n" + last + " }",
                        "() -> {\n" + source + ";\nreturn null; }");
    }
}
