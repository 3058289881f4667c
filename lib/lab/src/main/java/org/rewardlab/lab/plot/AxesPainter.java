package org.rewardlab.lab.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Draws the grid, the axes with their ticks, and the titles of one panel. */
final class AxesPainter {
    private static final double TURN = 30;
    private static final double TICK_LENGTH = 3.5;
    private static final double SMALL_TICK_LENGTH = 2;
    private static final double SMALLEST = 8;

    private final Panel panel;
    private final double width;

    AxesPainter(Panel panel, double width) {
        this.panel = panel;
        this.width = width;
    }

    /** Room above the plot. */
    double top() {
        return panel.title().isEmpty() ? 12 : 32;
    }

    /** Room below the plot, with names turned where they would touch. */
    double bottom() {
        Axis x = panel.xAxis();
        double level = 8 + 3 + House.TICK + 5 + (x.label().isEmpty() ? 0 : House.AXIS + 7);
        return turned() ? level + widest(x.categories()) * StrictMath.sin(Math.toRadians(TURN)) - 2 : level;
    }

    /** Room on the left for labels of these ticks. */
    double left(Ruler y) {
        double labels = widest(y.ticks().stream().map(Ruler.Tick::label).toList());
        return 10 + (panel.yAxis().label().isEmpty() ? 0 : House.AXIS + 8) + labels + 7;
    }

    private boolean turned() {
        List<String> names = panel.xAxis().categories();
        long named = names.stream().filter(name -> !name.isEmpty()).count();
        return named > 0 && widest(names) + 8 > (width - 80) / named;
    }

    private static double widest(List<String> texts) {
        return texts.stream().mapToDouble(tickStyle(Align.END)::width).max().orElse(0);
    }

    private static TextStyle tickStyle(Align align) {
        return new TextStyle(House.TICK, House.SOFT_INK, align);
    }

    /** Lines behind the data at each labelled tick of a number axis. */
    void grid(Canvas canvas, Frame frame) {
        Rectangle2D area = frame.area();
        for (Ruler.Tick tick : frame.y().ticks()) {
            if (!tick.label().isEmpty() && panel.yAxis().categories().isEmpty()) {
                double y = frame.py(tick.value());
                canvas.draw(new Line2D.Double(area.getX(), y, area.getMaxX(), y), House.GRID, House.GRID_LINE);
            }
        }
        for (Ruler.Tick tick : frame.x().ticks()) {
            if (!tick.label().isEmpty() && panel.xAxis().categories().isEmpty()) {
                double x = frame.px(tick.value());
                canvas.draw(new Line2D.Double(x, area.getY(), x, area.getMaxY()), House.GRID, House.GRID_LINE);
            }
        }
    }

    void axes(Canvas canvas, Frame frame) {
        Rectangle2D area = frame.area();
        double bottom = area.getMaxY();
        spine(canvas, area.getX(), bottom, area.getMaxX(), bottom);
        spine(canvas, area.getX(), area.getY(), area.getX(), bottom);
        boolean turned = turned();
        for (Ruler.Tick tick : frame.x().ticks()) {
            double length = length(tick, panel.xAxis());
            double x = frame.px(tick.value());
            spine(canvas, x, bottom, x, bottom + length);
            double base = bottom + (turned ? 5 : 6) + House.TICK;
            TextStyle style = turned ? tickStyle(Align.END).turned(TURN) : tickStyle(Align.MIDDLE);
            canvas.text(tick.label(), turned ? x + 4 : x, base, style);
        }
        for (Ruler.Tick tick : frame.y().ticks()) {
            double length = length(tick, panel.yAxis());
            double y = frame.py(tick.value());
            spine(canvas, area.getX() - length, y, area.getX(), y);
            canvas.text(tick.label(), area.getX() - 7, y + 0.36 * House.TICK, tickStyle(Align.END));
        }
    }

    /** A place without a name has no tick; a number without a label has a small one. */
    private static double length(Ruler.Tick tick, Axis axis) {
        if (!tick.label().isEmpty()) {
            return TICK_LENGTH;
        }
        return axis.categories().isEmpty() ? SMALL_TICK_LENGTH : 0;
    }

    private static void spine(Canvas canvas, double x0, double y0, double x1, double y1) {
        if (x0 != x1 || y0 != y1) {
            canvas.draw(new Line2D.Double(x0, y0, x1, y1), House.SPINE, House.SPINE_LINE);
        }
    }

    /** Titles of the panel and its axes; one that is too long for its side is set smaller. */
    void titles(Canvas canvas, Rectangle2D area, double leftEdge) {
        TextStyle title = new TextStyle(House.TITLE, House.INK, Align.MIDDLE);
        TextStyle axis = new TextStyle(House.AXIS, House.INK, Align.MIDDLE);
        String x = panel.xAxis().label();
        String y = panel.yAxis().label();
        canvas.text(x, area.getCenterX(), area.getMaxY() + bottom() - 9, fitted(axis, x, area.getWidth() + 30));
        TextStyle upright =
                fitted(axis, y, area.getHeight() + 2 * Math.min(15, top() - 2)).turned(90);
        canvas.text(y, leftEdge + 8 + House.AXIS, area.getCenterY(), upright);
        canvas.text(
                panel.title(), area.getCenterX(), area.getY() - 12, fitted(title, panel.title(), area.getWidth() + 40));
    }

    private static TextStyle fitted(TextStyle style, String text, double room) {
        double width = style.width(text);
        double size = width <= room ? style.size() : Math.max(SMALLEST, style.size() * room / width);
        return new TextStyle(style.face(), size, style.color(), style.align(), style.degrees());
    }
}
