package org.rewardlab.lab.plot;

import java.awt.Color;

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
}
