package org.rewardlab.lab.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;

/**
 * A verifiable reward for text-to-SQL: whether a query gives what the right query gives. Pourreza et al. 2025 (Reasoning-SQL).
 *
 * <p>Results match if they are equal as multisets of rows: the order of rows does not matter, that of columns does; with {@code
 * ordered}, as for questions that ask for an order, rows are compared in order. Numbers compare by value, so that 3 equals 3.0.
 *
 * @param database that both queries are run on, of the caller
 * @param ordered whether the order of rows counts
 */
public record SqlReward(SqlDatabase database, boolean ordered) {

    /** The order of rows does not count. */
    public SqlReward(SqlDatabase database) {
        this(database, false);
    }

    /**
     * Whether a query ran, and whether its result is the right one.
     *
     * @param syntax 1 if it ran to its end
     * @param execution 1 if its result is that of the right query
     * @param problem why it did not run, or null
     */
    public record Score(int syntax, int execution, @Nullable String problem) {}

    /** Runs both queries. A right query that fails is the caller's mistake and rejected. */
    public Score score(String gold, String prediction) {
        SqlDatabase.Result right = database.query(gold);
        if (!right.succeeded()) {
            throw Check.failure("gold", "a query that runs", right.problem());
        }
        SqlDatabase.Result given = database.query(extracted(prediction));
        if (!given.succeeded()) {
            return new Score(0, 0, given.problem());
        }
        boolean same = ordered
                ? normalized(right.rows()).equals(normalized(given.rows()))
                : counted(right.rows()).equals(counted(given.rows()));
        return new Score(1, same ? 1 : 0, null);
    }

    /** The query of an answer: what stands in its last fenced block, or between answer tags, else all of it. */
    static String extracted(String answer) {
        String text = answer;
        int close = text.lastIndexOf("</answer>");
        int open = close < 0 ? -1 : text.lastIndexOf("<answer>", close);
        if (open >= 0) {
            text = text.substring(open + "<answer>".length(), close);
        }
        int end = text.lastIndexOf("```");
        int start = end <= 0 ? -1 : text.lastIndexOf("```", end - 1);
        return start < 0 ? text : text.substring(start + 3, end).replaceFirst("^(?i)\\s*(?:sql(?:ite)?)?\\s", "");
    }

    private static Map<List<@Nullable Object>, Integer> counted(List<List<@Nullable Object>> rows) {
        Map<List<@Nullable Object>, Integer> counts = new HashMap<>();
        normalized(rows).forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }

    private static List<List<@Nullable Object>> normalized(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object value : row) {
                values.add(value instanceof Number number ? plain(number) : value);
            }
            all.add(values);
        }
        return all;
    }

    private static Object plain(Number number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            return value;
        }
        BigDecimal exact = number instanceof Double || number instanceof Float
                ? new BigDecimal(value).round(new java.math.MathContext(12))
                : new BigDecimal(number.toString());
        BigDecimal stripped = exact.stripTrailingZeros();
        return stripped.signum() == 0 ? BigDecimal.ZERO : stripped;
    }
}
