package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;

/** Draws nothing and counts how much of a drawing would fall into an area: where a legend may stand. */
final class ProbeCanvas implements Canvas {
    private final Rectangle2D area;
    private int hits;

    ProbeCanvas(Rectangle2D area) {
        this.area = area;
    }

    int hits() {
        return hits;
    }

    @Override
    public void fill(Shape shape, Color color) {
        if (shape.intersects(area)) {
            hits++;
        }
    }

    @Override
    public void draw(Shape shape, Color color, Line line) {
        double[] c = new double[6];
        double x = 0;
        double y = 0;
        for (PathIterator i = new FlatteningPathIterator(shape.getPathIterator(null), 1); !i.isDone(); i.next()) {
            int kind = i.currentSegment(c);
            if (kind == PathIterator.SEG_LINETO && area.intersectsLine(x, y, c[0], c[1])) {
                hits++;
            }
            if (kind != PathIterator.SEG_CLOSE) {
                x = c[0];
                y = c[1];
            }
        }
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        double width = style.width(text);
        Rectangle2D box =
                new Rectangle2D.Double(x - width * style.align().share(), y - style.size(), width, 1.2 * style.size());
        if (box.intersects(area)) {
            hits++;
        }
    }

    @Override
    public void clipped(Rectangle2D clip, Runnable drawing) {
        drawing.run();
    }
}
