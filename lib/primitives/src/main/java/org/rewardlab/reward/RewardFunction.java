package org.rewardlab.reward;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a completion is worth: a plain function of prompt, completion and the other columns of the row.
 *
 * <p>{@code (prompt, completion, row) -> completion.contains(row.get("answer").toString()) ? 1 : 0}
 *
 * <pre>{@code
 * RewardFunction brief = (prompt, completion, row) -> completion.length() < 10 ? 1 : 0;
 * brief.score("How much?", "Four.", Map.of())
 * // => 1
 * }</pre>
 */
@FunctionalInterface
public interface RewardFunction extends Serializable {

    /**
     * The reward of one completion.
     *
     * @param prompt text that was completed
     * @param completion text that the model wrote
     * @param row the other columns, by name
     * @return the reward, or null where this function does not apply
     */
    @Nullable
    Number score(String prompt, String completion, Map<String, Object> row);

    /** One row to be scored. */
    record Row(String prompt, String completion, Map<String, Object> columns) {}

    /** The rewards of many rows, in order, NaN where the function does not apply. */
    default double[] scoreAll(List<Row> rows) {
        double[] scores = new double[rows.size()];
        for (int i = 0; i < scores.length; i++) {
            Row row = rows.get(i);
            Number score = score(row.prompt(), row.completion(), row.columns());
            scores[i] = score == null ? Double.NaN : score.doubleValue();
        }
        return scores;
    }

    /** Scores many rows at once, as models and remote judges do. */
    @FunctionalInterface
    interface Batched extends Serializable {
        /** The rewards in order; null where the function does not apply. */
        List<? extends @Nullable Number> scores(List<Row> rows);
    }

    /** A function that scores rows together as one that scores them one by one. */
    static RewardFunction batched(Batched function) {
        return new RewardFunction() {
            private static final long serialVersionUID = 1;

            @Override
            public @Nullable Number score(String prompt, String completion, Map<String, Object> row) {
                return check(function.scores(List.of(new Row(prompt, completion, row))), 1)
                        .get(0);
            }

            @Override
            public double[] scoreAll(List<Row> rows) {
                double[] scores = new double[rows.size()];
                List<? extends @Nullable Number> given = check(function.scores(new ArrayList<>(rows)), rows.size());
                for (int i = 0; i < scores.length; i++) {
                    Number score = given.get(i);
                    scores[i] = score == null ? Double.NaN : score.doubleValue();
                }
                return scores;
            }

            private List<? extends @Nullable Number> check(List<? extends @Nullable Number> scores, int rows) {
                if (scores.size() != rows) {
                    throw new IllegalArgumentException(
                            "scores: expected one for each of " + rows + " rows, got " + scores.size());
                }
                return scores;
            }
        };
    }
}
