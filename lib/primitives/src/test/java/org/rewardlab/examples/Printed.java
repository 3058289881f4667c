package org.rewardlab.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What JShell prints, put on one line and compared. */
final class Printed {

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?");

    private Printed() {}

    /** Line breaks and the blanks that align columns left out. */
    static String onOneLine(String text) {
        return text.strip()
                .replaceAll("\\s+", " ")
                .replaceAll("\\[ ", "[")
                .replaceAll(",? \\]|,\\]", "]")
                .replaceAll(" ,", ",")
                .replaceAll(" \\)", ")");
    }

    /** Whether two texts are the same up to blanks and the seventh digit of numbers. */
    static boolean agree(String one, String other) {
        List<Double> numbers = numbers(one);
        List<Double> others = numbers(other);
        if (!words(one).equals(words(other)) || numbers.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < numbers.size(); i++) {
            double a = numbers.get(i);
            double b = others.get(i);
            if (!(Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b)))) {
                return false;
            }
        }
        return true;
    }

    private static String words(String text) {
        return NUMBER.matcher(onOneLine(text)).replaceAll("#").replace(" ", "");
    }

    private static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(onOneLine(text));
        while (matcher.find()) {
            numbers.add(Double.parseDouble(matcher.group()));
        }
        return numbers;
    }
}
