package org.rewardlab.verify;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.reward.RewardFunction;
import org.rewardlab.tensor.Check;

/**
 * 1 if a completion is one of the right answers, else 0. Rajpurkar et al. 2016: case, punctuation, the articles a, an, the, and
 * blanks do not count.
 *
 * <pre>{@code
 * var row = Map.<String, Object>of("answers", List.of("Eiffel Tower", "tour Eiffel"));
 * new ExactMatch("answers").score("", "The Eiffel Tower.", row)
 * // => 1.0
 * new ExactMatch("answers").score("", "It is the Eiffel Tower.", row)
 * // => 0.0
 * ExactMatch.normalized("The Eiffel Tower.")
 * // => "eiffel tower"
 * ExactMatch.matches("Eiffel Tower", "an eiffel tower!")
 * // => true
 * }</pre>
 *
 * @param goldColumn the column of a row that holds the right answer, or a list of them
 */
public record ExactMatch(String goldColumn) implements RewardFunction {

    public ExactMatch {
        if (goldColumn.isBlank()) {
            throw Check.failure("goldColumn", "the name of a column", "\"" + goldColumn + "\"");
        }
    }

    /** A text as it is compared. */
    public static String normalized(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("\\p{Punct}", "")
                .replaceAll("\\b(?:a|an|the)\\b", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Whether two texts are equal as they are compared. */
    public static boolean matches(String gold, String text) {
        return normalized(gold).equals(normalized(text));
    }

    @Override
    public @Nullable Number score(String prompt, String completion, Map<String, Object> row) {
        Object gold = row.get(goldColumn);
        if (gold == null) {
            throw Check.failure(goldColumn, "a column with the right answer", "columns " + row.keySet());
        }
        Collection<?> answers = gold instanceof Collection<?> several ? several : List.of(gold);
        return answers.stream().anyMatch(answer -> matches(answer.toString(), completion)) ? 1.0 : 0.0;
    }
}
