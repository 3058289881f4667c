package org.rewardlab.kernel.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** A drawing surface that turns a formula's letters into references to shared outlines, and its rules into paths. */
final class GlyphCanvas extends OutlineGraphics {
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private final GlyphTable glyphs;
    private final StringBuilder svg;
    private AffineTransform transform;
    private Font font = new Font(Font.SERIF, Font.PLAIN, 1);
    private Color color = Color.BLACK;
    private Stroke stroke = new BasicStroke(1);

    GlyphCanvas(GlyphTable glyphs, StringBuilder svg, double unitsPerEm) {
        this(glyphs, svg, AffineTransform.getScaleInstance(unitsPerEm, unitsPerEm));
    }

    private GlyphCanvas(GlyphTable glyphs, StringBuilder svg, AffineTransform transform) {
        this.glyphs = glyphs;
        this.svg = svg;
        this.transform = transform;
    }

    @Override
    public void drawChars(char[] data, int offset, int length, int x, int y) {
        drawString(new String(data, offset, length), x, y);
    }

    @Override
    public void drawString(String text, float x, float y) {
        double advance = 0;
        for (int i = 0; i < text.length(); i++) {
            String letter = text.substring(i, i + 1);
            glyphs.place(font, letter, at(x + advance, y), fill(), svg);
            advance += font.createGlyphVector(EXACT, letter).getGlyphMetrics(0).getAdvanceX();
        }
    }

    @Override
    public void drawString(String text, int x, int y) {
        drawString(text, (float) x, (float) y);
    }

    @Override
    public void drawGlyphVector(GlyphVector letters, float x, float y) {
        fill(letters.getOutline(x, y));
    }

    @Override
    public void fill(Shape shape) {
        String path = SvgPath.of(shape, transform);
        if (!path.isEmpty()) {
            svg.append("<path").append(fill()).append(" d=\"").append(path).append("\"/>");
        }
    }

    @Override
    public void draw(Shape shape) {
        fill(stroke.createStrokedShape(shape));
    }

    private AffineTransform at(double x, double y) {
        AffineTransform moved = new AffineTransform(transform);
        moved.translate(x, y);
        return moved;
    }

    private String fill() {
        int rgb = color.getRGB() & 0xFFFFFF;
        return rgb == 0 ? "" : " fill=\"#%06x\"".formatted(rgb);
    }

    @Override
    public Graphics create() {
        GlyphCanvas copy = new GlyphCanvas(glyphs, svg, new AffineTransform(transform));
        copy.font = font;
        copy.color = color;
        copy.stroke = stroke;
        return copy;
    }

    @Override
    public AffineTransform getTransform() {
        return new AffineTransform(transform);
    }

    @Override
    public void setTransform(AffineTransform value) {
        transform = new AffineTransform(value);
    }

    @Override
    public void transform(AffineTransform value) {
        transform.concatenate(value);
    }

    @Override
    public void translate(double x, double y) {
        transform.translate(x, y);
    }

    @Override
    public void translate(int x, int y) {
        transform.translate(x, y);
    }

    @Override
    public void rotate(double angle) {
        transform.rotate(angle);
    }

    @Override
    public void rotate(double angle, double x, double y) {
        transform.rotate(angle, x, y);
    }

    @Override
    public void scale(double x, double y) {
        transform.scale(x, y);
    }

    @Override
    public void shear(double x, double y) {
        transform.shear(x, y);
    }

    @Override
    public Font getFont() {
        return font;
    }

    @Override
    public void setFont(Font value) {
        font = value;
    }

    @Override
    public Color getColor() {
        return color;
    }

    @Override
    public void setColor(@Nullable Color value) {
        color = value == null ? Color.BLACK : value;
    }

    @Override
    public Paint getPaint() {
        return color;
    }

    @Override
    public void setPaint(Paint value) {
        if (value instanceof Color solid) {
            color = solid;
        }
    }

    @Override
    public Stroke getStroke() {
        return stroke;
    }

    @Override
    public void setStroke(Stroke value) {
        stroke = value;
    }

    @Override
    public FontRenderContext getFontRenderContext() {
        return EXACT;
    }

    @Override
    public FontMetrics getFontMetrics(Font value) {
        return new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB)
                .createGraphics()
                .getFontMetrics(value);
    }
}
