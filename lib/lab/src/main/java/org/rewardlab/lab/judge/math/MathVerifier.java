package org.rewardlab.lab.judge.math;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.reward.RewardFunction;
import org.rewardlab.tensor.Check;

/**
 * A verifiable reward for mathematics: 1 if the final answer of a completion means what the right answer means, else 0.
 *
 * <p>Finds the answer in prose ({@code \boxed}, {@code ####}, "the answer is", or the last mathematics of the text) and compares
 * numbers, fractions, roots, percentages, units, expressions, equations and inequalities, sets, intervals, tuples, matrices and
 * names. Expressions are equal if they have the same values at points drawn once for all; nothing is run, and no input makes it
 * search: an answer that cannot be read is no match.
 *
 * <pre>{@code
 * new MathVerifier().matches("$\\frac{1}{2}$", "So the answer is 0.5.")     // true
 * }</pre>
 *
 * @param goldColumn the column of a row that holds the right answer, bare or with its derivation
 * @param digits decimals that numbers must share, from 0 to 12
 * @param relationForSet whether an inequality may answer where an interval was asked for
 */
public record MathVerifier(String goldColumn, int digits, boolean relationForSet) implements RewardFunction {

    public MathVerifier {
        Check.within("digits", digits, 0, 12);
        if (goldColumn.isBlank()) {
            throw Check.failure("goldColumn", "the name of a column", "\"" + goldColumn + "\"");
        }
    }

    /** The right answer in the column {@code answer}, six decimals. */
    public MathVerifier() {
        this("answer", 6, false);
    }

    /** Whether the answer of a completion means the right one. */
    public boolean matches(String gold, String completion) {
        MathNode wanted = AnswerExtractor.answer(gold);
        if (wanted == null) {
            return !gold.isBlank() && gold.strip().equalsIgnoreCase(completion.strip());
        }
        MathNode given = AnswerExtractor.answer(completion);
        return given != null && new MathEquality(digits, relationForSet).same(wanted, given);
    }

    @Override
    public @Nullable Number score(String prompt, String completion, Map<String, Object> row) {
        Object gold = row.get(goldColumn);
        if (gold == null) {
            throw Check.failure(goldColumn, "a column with the right answer", "columns " + row.keySet());
        }
        return matches(gold.toString(), completion) ? 1.0 : 0.0;
    }
}
