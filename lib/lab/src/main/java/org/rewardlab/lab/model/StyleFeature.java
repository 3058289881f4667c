package org.rewardlab.lab.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A measure of a response as a whole, of the order of one. */
public enum StyleFeature {
    /** The logarithm of the number of words, a fifth of it. */
    LENGTH {
        @Override
        float measure(List<String> prompt, List<String> response) {
            return (float) StrictMath.log1p(response.size()) / 5;
        }
    },
    /** Question marks for each ten words. */
    QUESTIONS {
        @Override
        float measure(List<String> prompt, List<String> response) {
            long marks = response.stream().filter("?"::equals).count();
            return 10f * marks / (10 + response.size());
        }
    },
    /** The share of the response's content words that the prompt has. */
    ECHO {
        @Override
        float measure(List<String> prompt, List<String> response) {
            return shared(ContentWords.of(response), ContentWords.of(prompt));
        }
    },
    /** The share of the prompt's content words that the response has. */
    COVERAGE {
        @Override
        float measure(List<String> prompt, List<String> response) {
            return shared(ContentWords.of(prompt), ContentWords.of(response));
        }
    };

    /** This measure as the only feature. */
    public TextFeatures alone() {
        return new StyleAlone(Set.of(this));
    }

    abstract float measure(List<String> prompt, List<String> response);

    private static float shared(Set<String> words, Set<String> others) {
        Set<String> both = new HashSet<>(words);
        both.retainAll(others);
        return words.isEmpty() ? 0 : (float) both.size() / words.size();
    }
}
