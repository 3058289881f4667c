package org.rewardlab.lab.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;

/** Draws through Java2D. Letters are filled outlines: the machine's fonts are never asked. */
final class BitmapCanvas implements Canvas {
    private final Graphics2D graphics;

    BitmapCanvas(Graphics2D graphics) {
        this.graphics = graphics;
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    }

    @Override
    public void fill(Shape shape, Color color) {
        graphics.setColor(color);
        graphics.fill(shape);
    }

    @Override
    public void draw(Shape shape, Color color, Line line) {
        graphics.setColor(color);
        graphics.setStroke(stroke(line));
        graphics.draw(shape);
    }

    /** Bevelled joins: round and mitred ones come out by a few pixels differently on Java 17 and 25. */
    private static BasicStroke stroke(Line line) {
        float width = (float) line.width();
        if (line.dash().isEmpty()) {
            return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL);
        }
        float[] dash = new float[line.dash().size()];
        for (int i = 0; i < dash.length; i++) {
            dash[i] = line.dash().get(i).floatValue();
        }
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 10, dash, 0);
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(-Math.toRadians(style.degrees()));
        graphics.translate(-style.width(text) * style.align().share(), 0);
        graphics.scale(style.size(), -style.size());
        graphics.setColor(style.color());
        text.codePoints().forEach(c -> {
            Typeface.Glyph glyph = style.face().glyph(c);
            graphics.fill(glyph.outline());
            graphics.translate(glyph.advance(), 0);
        });
        graphics.setTransform(before);
    }

    @Override
    public void clipped(Rectangle2D area, Runnable drawing) {
        Shape before = graphics.getClip();
        graphics.clip(area);
        drawing.run();
        graphics.setClip(before);
    }
}
