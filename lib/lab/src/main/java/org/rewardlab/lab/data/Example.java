package org.rewardlab.lab.data;

import java.util.List;
import org.rewardlab.tensor.Check;

/** One row to learn from, in one of TRL's layouts: what trainers read beside {@link PreferencePair}s. */
public sealed interface Example {

    /** The text before what is learned; empty where there is none. */
    String prompt();

    /**
     * Language modelling: {@code text}, or {@code messages} as text.
     *
     * @param text all of it is learned
     */
    record PlainText(String text) implements Example {
        @Override
        public String prompt() {
            return "";
        }
    }

    /**
     * A prompt without an answer, for sampling.
     *
     * @param prompt to be completed
     */
    record PromptOnly(String prompt) implements Example {}

    /**
     * A prompt and its completion.
     *
     * @param prompt before
     * @param completion what is learned
     */
    record Completed(String prompt, String completion) implements Example {}

    /**
     * A completion with a thumb up or down.
     *
     * @param prompt before
     * @param completion what is judged
     * @param label whether it is desired
     */
    record Labelled(String prompt, String completion, boolean label) implements Example {}

    /**
     * A solution in steps, each right or wrong.
     *
     * @param prompt before
     * @param completions the steps, in order; put together they are the solution
     * @param labels whether each is right
     */
    record Stepwise(String prompt, List<String> completions, List<Boolean> labels) implements Example {
        public Stepwise {
            completions = List.copyOf(completions);
            labels = List.copyOf(labels);
            if (completions.isEmpty() || labels.size() != completions.size()) {
                throw Check.failure(
                        "labels", "one for each of " + completions.size() + " steps, at least one", labels.size());
            }
            if (completions.stream().anyMatch(String::isEmpty)) {
                throw Check.failure("completions", "texts of at least one character", completions);
            }
        }
    }
}
