package org.rewardlab.lab.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The words that say what a text is about: all but signs and the commonest English function words. */
final class ContentWords {
    private static final Set<String> FUNCTION = Set.of(
            "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can",
            "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "i",
            "i'm", "if", "in", "into", "is", "it", "it's", "its", "just", "like", "me", "more", "my", "no", "not", "of",
            "on", "one", "or", "our", "out", "she", "should", "so", "some", "than", "that", "that's", "the", "their",
            "them", "then", "there", "these", "they", "this", "those", "to", "up", "us", "was", "we", "were", "what",
            "when", "where", "which", "who", "why", "will", "with", "would", "you", "you're", "your");

    private ContentWords() {}

    static Set<String> of(List<String> words) {
        Set<String> content = new HashSet<>();
        for (String word : words) {
            if (Character.isLetterOrDigit(word.codePointAt(0)) && !FUNCTION.contains(word)) {
                content.add(word);
            }
        }
        return content;
    }
}
