package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of the last three expressions, which cells may use as {@code _}, {@code __} and {@code ___}. They are the only
 * results that are kept, and are declared only where a cell names them. As Java does not allow {@code _} for a variable, it
 * is read as {@code $_} where it can only mean a value.
 */
final class LastResults {

    private static final Pattern USE =
            Pattern.compile("(?<![\\w$.])(?<!\\w\\s)(_{1,3})(?![\\w$])(?!\\s*(->|,|=(?!=)|:|\\)\\s*->))");

    private final List<Result> results = new ArrayList<>();

    /** A value, its expression, and the type of the expression once that was asked for. */
    private record Result(
            String expression,
            @Nullable String type,
            @Nullable Object value) {

        Result typed(CellEngine engine) {
            return type != null ? this : new Result(expression, Values.type(engine.jshell(), expression), value);
        }
    }

    void add(String expression, @Nullable Object value) {
        results.add(0, new Result(expression, null, value));
        if (results.size() > 3) {
            results.remove(3);
        }
    }

    void clear() {
        results.clear();
    }

    static boolean isName(String name) {
        return name.equals("$_") || name.equals("__") || name.equals("___");
    }

    /** Declares the results that the text names, and returns the text with names that Java accepts. */
    String declareIn(CellEngine engine, String text) {
        if (results.isEmpty() || text.indexOf('_') < 0) {
            return text;
        }
        StringBuilder accepted = new StringBuilder();
        Matcher uses = USE.matcher(JavaMask.of(text));
        int done = 0;
        while (uses.find()) {
            // Before any of the names is declared anew: an expression may name an older result.
            results.replaceAll(result -> result.typed(engine));
            String name = uses.group(1).length() == 1 ? "$_" : uses.group(1);
            int index = uses.group(1).length() - 1;
            if (index < results.size()) {
                Result result = results.get(index);
                engine.declare(Objects.requireNonNull(result.type()), name, result.value());
                accepted.append(text, done, uses.start(1)).append(name);
                done = uses.end(1);
            }
        }
        return accepted.append(text, done, text.length()).toString();
    }
}
