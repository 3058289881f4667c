package org.rewardlab.kernel.eval;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the constructors of records public: JShell makes a cell's types public, and a canonical constructor may not be less
 * accessible than its record.
 */
final class RecordConstructors {

    private static final Pattern RECORD = Pattern.compile("\\brecord\\s+(\\w+)\\s*(?:<[^(]*>)?\\s*\\(");
    private static final Pattern ACCESS = Pattern.compile("\\b(?:public|protected|private|new|record)\\s*\\z");

    private RecordConstructors() {}

    /** The text with public constructors in its records; the same text where there is nothing to do. */
    static String opened(String text) {
        if (!text.contains("record")) {
            return text;
        }
        String mask = JavaMask.of(text);
        TreeSet<Integer> places = new TreeSet<>();
        Matcher record = RECORD.matcher(mask);
        while (record.find()) {
            int parameters = closing(mask, record.end(), '(', ')');
            int body = mask.indexOf('{', parameters);
            if (body >= 0) {
                collect(mask, record.group(1), body + 1, closing(mask, body + 1, '{', '}'), places);
            }
        }
        StringBuilder opened = new StringBuilder(text);
        places.descendingIterator().forEachRemaining(place -> opened.insert(place, "public "));
        return opened.toString();
    }

    /** Where constructors of that name begin, in the body and not in its methods. */
    private static void collect(String mask, String name, int from, int to, Set<Integer> places) {
        Matcher constructor = Pattern.compile(
                        "\\b" + Pattern.quote(name) + "\\s*(?:\\([^{};]*\\)\\s*(?:throws[^{};]*)?)?\\{")
                .matcher(mask);
        constructor.region(from, to);
        while (constructor.find()) {
            String before = mask.substring(from, constructor.start());
            if (depth(before) == 0 && !ACCESS.matcher(before).find()) {
                places.add(constructor.start());
            }
        }
    }

    private static int depth(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
        }
        return depth;
    }

    /** The position of the bracket that closes the one before the given position, or the end. */
    private static int closing(String mask, int from, char open, char close) {
        int depth = 1;
        for (int i = from; i < mask.length(); i++) {
            depth += mask.charAt(i) == open ? 1 : mask.charAt(i) == close ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return mask.length();
    }
}
