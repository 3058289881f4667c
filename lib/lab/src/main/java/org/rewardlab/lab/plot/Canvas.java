package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** What a figure is drawn on, in pixels with y downwards: a bitmap, an SVG document, or a probe for free space. */
interface Canvas {
    void fill(Shape shape, Color color);

    /** Fills shapes of one colour, each by itself: where they overlap, see-through ones are darker. */
    default void fillEach(List<Shape> shapes, Color color) {
        shapes.forEach(shape -> fill(shape, color));
    }

    void draw(Shape shape, Color color, Line line);

    /** Sets one line of text, its baseline at (x, y). */
    void text(String text, double x, double y, TextStyle style);

    /** Draws with everything outside an area cut off. */
    void clipped(Rectangle2D area, Runnable drawing);

    /**
     * A stroke.
     *
     * @param width in pixels
     * @param dash lengths on and off; empty for solid
     */
    record Line(double width, List<Double> dash) {
        static Line solid(double width) {
            return new Line(width, List.of());
        }
    }
}
