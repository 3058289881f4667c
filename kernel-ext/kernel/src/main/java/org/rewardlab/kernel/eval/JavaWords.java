package org.rewardlab.kernel.eval;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** The words that mean something to Java's compiler. */
public final class JavaWords {

    private static final Set<String> IN_PLACES =
            Set.of("non-sealed", "permits", "record", "sealed", "var", "when", "yield");

    private JavaWords() {}

    /** Whether a word is a keyword or a literal, anywhere or in some places. */
    public static boolean contains(String word) {
        return IN_PLACES.contains(word) || SourceVersion.isKeyword(word);
    }
}
