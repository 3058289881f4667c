package org.rewardlab.lab.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * How text is set.
 *
 * @param face font
 * @param size in pixels of the em
 * @param color of the letters
 * @param align what stands at the position
 * @param degrees turned counterclockwise
 */
record TextStyle(Typeface face, double size, Color color, Align align, double degrees) {
    TextStyle(double size, Color color, Align align) {
        this(Typeface.SANS, size, color, align, 0);
    }

    TextStyle turned(double by) {
        return new TextStyle(face, size, color, align, by);
    }

    double width(String text) {
        return face.width(text, size);
    }

    /** The text in lines that are at most so wide where single words allow it; none for an empty text. */
    List<String> wrapped(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && width(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** The text, shortened with dots at its end where it is wider. */
    String cut(String text, double width) {
        if (width(text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "…") > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).stripTrailing() + "…";
    }
}
