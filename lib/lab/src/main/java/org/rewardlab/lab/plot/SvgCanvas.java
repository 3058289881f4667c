package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rewardlab.lab.display.Html;

/**
 * Writes SVG 1.1. Coordinates have two decimals; each letter's outline stands once in the document and is used wherever it
 * occurs, so that a figure looks the same everywhere and stays small. Nothing random and no clip ids: several documents may
 * stand in one page.
 */
final class SvgCanvas implements Canvas {
    private static final int UNITS = 2048;

    private final int width;
    private final int height;
    private final StringBuilder body = new StringBuilder();
    private final Map<String, String> letters = new TreeMap<>();

    SvgCanvas(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** The finished document. */
    String document(String title) {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\""
                + " xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\">\n");
        if (!title.isEmpty()) {
            svg.append("<title>").append(Html.escape(title)).append("</title>\n");
        }
        svg.append("<defs>\n");
        letters.forEach((id, path) -> svg.append("<path id=\"")
                .append(id)
                .append("\" d=\"")
                .append(path)
                .append("\"/>\n"));
        return svg.append("</defs>\n").append(body).append("</svg>\n").toString();
    }

    @Override
    public void fill(Shape shape, Color color) {
        String ink = " fill=\"" + hex(color) + '"' + opacity("fill-opacity", color);
        body.append(element(shape, 100)).append(ink).append("/>\n");
    }

    /** The colour stands once, around all. */
    @Override
    public void fillEach(List<Shape> shapes, Color color) {
        body.append("<g fill=\"")
                .append(hex(color))
                .append('"')
                .append(opacity("fill-opacity", color))
                .append(">\n");
        shapes.forEach(shape -> body.append(element(shape, 10)).append("/>"));
        body.append("</g>\n");
    }

    private static String element(Shape shape, int precision) {
        if (shape instanceof Ellipse2D dot && dot.getWidth() == dot.getHeight()) {
            return "<circle cx=\"" + number(dot.getCenterX(), precision) + "\" cy=\""
                    + number(dot.getCenterY(), precision) + "\" r=\"" + number(dot.getWidth() / 2, precision) + '"';
        }
        return "<path d=\"" + path(shape, precision) + '"';
    }

    @Override
    public void draw(Shape shape, Color color, Line line) {
        body.append("<path d=\"")
                .append(path(shape, 100))
                .append("\" fill=\"none\" stroke=\"")
                .append(hex(color));
        body.append("\" stroke-width=\"").append(number(line.width(), 100)).append("\" stroke-linejoin=\"round\"");
        if (!line.dash().isEmpty()) {
            body.append(" stroke-dasharray=\"");
            for (int i = 0; i < line.dash().size(); i++) {
                body.append(i == 0 ? "" : " ").append(number(line.dash().get(i), 100));
            }
            body.append('"');
        }
        body.append(opacity("stroke-opacity", color)).append("/>\n");
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        double scale = style.size() / UNITS;
        body.append("<g fill=\"").append(hex(style.color())).append("\" transform=\"translate(");
        body.append(number(x, 100)).append(' ').append(number(y, 100)).append(')');
        if (style.degrees() != 0) {
            body.append(" rotate(").append(number(-style.degrees(), 100)).append(')');
        }
        String factor = number(scale, 1_000_000);
        body.append(" scale(").append(factor).append(" -").append(factor).append(")\"");
        body.append(opacity("fill-opacity", style.color())).append('>');
        double[] at = {-style.width(text) * style.align().share() / scale};
        text.codePoints().forEach(c -> {
            Typeface.Glyph glyph = style.face().glyph(c);
            if (glyph.outline().getCurrentPoint() != null) {
                String id = style.face().id() + Integer.toHexString(c);
                letters.computeIfAbsent(id, i -> path(scaled(glyph), 1));
                body.append("<use xlink:href=\"#")
                        .append(id)
                        .append("\" x=\"")
                        .append(number(at[0], 1))
                        .append("\"/>");
            }
            at[0] += glyph.advance() * UNITS;
        });
        body.append("</g>\n");
    }

    private static Shape scaled(Typeface.Glyph glyph) {
        return AffineTransform.getScaleInstance(UNITS, UNITS).createTransformedShape(glyph.outline());
    }

    /** A nested document cuts off what lies outside it, with no id that could clash with another figure's. */
    @Override
    public void clipped(Rectangle2D area, Runnable drawing) {
        String x = number(area.getX(), 100);
        String y = number(area.getY(), 100);
        String w = number(area.getWidth(), 100);
        String h = number(area.getHeight(), 100);
        body.append("<svg x=\"" + x + "\" y=\"" + y + "\" width=\"" + w + "\" height=\"" + h + "\" viewBox=\"" + x + " "
                + y + " " + w + " " + h + "\">\n");
        drawing.run();
        body.append("</svg>\n");
    }

    private static String opacity(String name, Color color) {
        boolean full = color.getAlpha() == 255;
        return full ? "" : " " + name + "=\"" + number(color.getAlpha() / 255.0, 100) + '"';
    }

    private static String hex(Color color) {
        return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF);
    }

    private static String path(Shape shape, int precision) {
        StringBuilder d = new StringBuilder();
        double[] c = new double[6];
        for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
            int numbers = switch (i.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> command(d, 'M', 2);
                case PathIterator.SEG_LINETO -> command(d, 'L', 2);
                case PathIterator.SEG_QUADTO -> command(d, 'Q', 4);
                case PathIterator.SEG_CUBICTO -> command(d, 'C', 6);
                default -> command(d, 'Z', 0);
            };
            for (int k = 0; k < numbers; k++) {
                d.append(k == 0 ? "" : " ").append(number(c[k], precision));
            }
        }
        return d.toString();
    }

    private static int command(StringBuilder d, char command, int numbers) {
        d.append(command);
        return numbers;
    }

    /** Rounded to 1/precision, printed from whole numbers: {@code Double.toString} differs between Java versions. */
    private static String number(double value, int precision) {
        long units = Math.round(value * precision);
        StringBuilder text = new StringBuilder(units < 0 ? "-" : "");
        long whole = Math.abs(units) / precision;
        long part = Math.abs(units) % precision;
        text.append(whole);
        if (part > 0) {
            String digits = Long.toString(precision + part).substring(1);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            text.append('.').append(digits, 0, end);
        }
        return text.toString();
    }
}
