package org.rewardlab.lab.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Lays out one panel and draws it. */
final class PanelPainter {
    private static final double X_SPACING = 50;
    private static final double Y_SPACING = 32;
    private static final double[] HEADROOMS = {0, 0.15, 0.3};
    private static final LegendPlace[] CORNERS = {
        LegendPlace.TOP_RIGHT, LegendPlace.TOP_LEFT, LegendPlace.BOTTOM_RIGHT, LegendPlace.BOTTOM_LEFT
    };
    private static final double CORNER_GAP = 6;
    private static final double TURN = 30;

    private final Panel panel;
    private final Palette palette;
    private final Legend legend;
    private final double width;
    private final double height;

    PanelPainter(Panel panel, Palette palette, boolean withLegend, double width, double height) {
        this.panel = panel;
        this.palette = palette;
        this.width = width;
        this.height = height;
        boolean shown = withLegend && panel.legendPlace() != LegendPlace.NONE;
        this.legend = shown ? Legend.of(panel.marks()) : new Legend(List.of());
    }

    /** The room it needs around its axes. */
    Margins margins() {
        Margins bare = bare();
        LegendPlace place = legendPlace();
        if (legend.isEmpty() || place.isInside()) {
            return bare;
        }
        return place == LegendPlace.RIGHT
                ? new Margins(bare.top(), bare.left(), bare.bottom(), bare.right() + legend.width())
                : new Margins(bare.top(), bare.left(), bare.bottom() + belowHeight(bare), bare.right());
    }

    /** Where its legend would stand. */
    LegendPlace legendPlace() {
        return place(frame(new Rectangle2D.Double(0, 0, width, height), bare(), 0));
    }

    private double belowHeight(Margins bare) {
        return Legend.stripHeight(legend.strip(width - bare.left() - bare.right())) + 4;
    }

    private Margins bare() {
        double top = panel.title().isEmpty() ? 12 : 32;
        Axis x = panel.xAxis();
        double bottom = 8 + 3 + House.TICK + 5 + (x.label().isEmpty() ? 0 : House.AXIS + 7);
        double guess = width - 80;
        if (turned(x, guess)) {
            double widest = widest(x.categories());
            bottom += widest * Math.sin(Math.toRadians(TURN)) - 2;
        }
        Ruler y = yRuler(height - top - bottom, 0);
        double labels = y.ticks().stream()
                .mapToDouble(tick -> tickStyle(Align.END).width(tick.label()))
                .max()
                .orElse(0);
        double left = 10 + (panel.yAxis().label().isEmpty() ? 0 : House.AXIS + 8) + labels + 7;
        double right = 20 + rightOfMarks();
        return new Margins(top, left, bottom, right);
    }

    private double rightOfMarks() {
        return panel.marks().stream().mapToDouble(Mark::roomAtRight).max().orElse(0);
    }

    private boolean turned(Axis axis, double length) {
        long named = axis.categories().stream().filter(name -> !name.isEmpty()).count();
        return named > 0 && widest(axis.categories()) + 8 > length / named;
    }

    private static double widest(List<String> texts) {
        return texts.stream().mapToDouble(tickStyle(Align.END)::width).max().orElse(0);
    }

    private static TextStyle tickStyle(Align align) {
        return new TextStyle(House.TICK, House.SOFT_INK, align);
    }

    private Ruler xRuler(double length) {
        boolean log = panel.xAxis().log();
        Extent data = panel.marks().stream().map(m -> m.x(log)).reduce(Extent.NONE, Extent::and);
        return Ruler.of(panel.xAxis(), data, length, X_SPACING, 0.04);
    }

    private Ruler yRuler(double length, double headroom) {
        boolean log = panel.yAxis().log();
        Extent data = panel.marks().stream().map(m -> m.y(log)).reduce(Extent.NONE, Extent::and);
        return Ruler.of(panel.yAxis(), data, length, Y_SPACING, 0.05).withHeadroom(headroom);
    }

    private Frame frame(Rectangle2D place, Margins margins, double headroom) {
        Rectangle2D area = new Rectangle2D.Double(
                place.getX() + margins.left(),
                place.getY() + margins.top(),
                place.getWidth() - margins.left() - margins.right(),
                place.getHeight() - margins.top() - margins.bottom());
        return new Frame(area, xRuler(area.getWidth()), yRuler(area.getHeight(), headroom));
    }

    void paint(Canvas canvas, double x, double y, Margins margins) {
        Rectangle2D place = new Rectangle2D.Double(x, y, width, height);
        Frame frame = frame(place, margins, 0);
        LegendPlace where = place(frame);
        if (where.isInside() && panel.legendPlace() == LegendPlace.AUTO) {
            frame = frame(place, margins, headroom(frame));
            where = place(frame);
        }
        grid(canvas, frame);
        Frame settled = frame;
        canvas.clipped(frame.area(), () -> paintMarks(canvas, settled));
        panel.marks().forEach(mark -> mark.paintOutside(canvas, settled, palette));
        axes(canvas, frame, place);
        legend(canvas, frame, place, where);
    }

    /** Areas first, so that no band covers another method's line. */
    private void paintMarks(Canvas canvas, Frame frame) {
        for (Mark.Layer layer : Mark.Layer.values()) {
            for (Mark mark : panel.marks()) {
                if (mark.layer() == layer) {
                    mark.paint(canvas, frame, palette);
                }
            }
        }
    }

    private void legend(Canvas canvas, Frame frame, Rectangle2D place, LegendPlace where) {
        if (legend.isEmpty()) {
            return;
        }
        Rectangle2D area = frame.area();
        if (where.isInside()) {
            Rectangle2D box = corner(area, where);
            legend.paint(canvas, box.getX(), box.getY(), palette, true);
        } else if (where == LegendPlace.RIGHT) {
            legend.paint(canvas, area.getMaxX() + rightOfMarks() + 10, area.getY(), palette, false);
        } else {
            double top = place.getMaxY() - Legend.stripHeight(legend.strip(area.getWidth())) - 2;
            legend.paintStrip(canvas, area.getX(), top, area.getWidth(), palette);
        }
    }

    /** Where the legend goes: the place asked for, or the first corner that is free with the least headroom. */
    private LegendPlace place(Frame frame) {
        if (panel.legendPlace() != LegendPlace.AUTO) {
            return panel.legendPlace();
        }
        if (legend.isEmpty()) {
            return LegendPlace.NONE;
        }
        Rectangle2D area = frame.area();
        boolean fits = legend.width() < 0.62 * area.getWidth() && legend.height() < 0.6 * area.getHeight();
        if (fits) {
            for (double headroom : HEADROOMS) {
                Frame roomier = headroom == 0 ? frame : raised(frame, headroom);
                for (LegendPlace corner : CORNERS) {
                    if (hits(roomier, corner) == 0) {
                        return corner;
                    }
                }
            }
        }
        boolean low = legend.strip(area.getWidth()).size() <= 2;
        return low || legend.width() > 0.36 * width ? LegendPlace.BELOW : LegendPlace.RIGHT;
    }

    private double headroom(Frame frame) {
        for (double headroom : HEADROOMS) {
            Frame roomier = raised(frame, headroom);
            for (LegendPlace corner : CORNERS) {
                if (hits(roomier, corner) == 0) {
                    return headroom;
                }
            }
        }
        return 0;
    }

    /** An axis whose upper end was fixed by the user is not moved. */
    private Frame raised(Frame frame, double headroom) {
        boolean fixed = !Double.isNaN(panel.yAxis().high())
                || !panel.yAxis().categories().isEmpty();
        return new Frame(frame.area(), frame.x(), frame.y().withHeadroom(fixed ? 0 : headroom));
    }

    private int hits(Frame frame, LegendPlace corner) {
        ProbeCanvas probe = new ProbeCanvas(corner(frame.area(), corner));
        paintMarks(probe, frame);
        return probe.hits();
    }

    private Rectangle2D corner(Rectangle2D area, LegendPlace corner) {
        boolean right = corner == LegendPlace.TOP_RIGHT || corner == LegendPlace.BOTTOM_RIGHT;
        boolean bottom = corner == LegendPlace.BOTTOM_LEFT || corner == LegendPlace.BOTTOM_RIGHT;
        double x = right ? area.getMaxX() - legend.width() - CORNER_GAP : area.getX() + CORNER_GAP;
        double y = bottom ? area.getMaxY() - legend.height() - CORNER_GAP : area.getY() + CORNER_GAP;
        return new Rectangle2D.Double(x, y, legend.width(), legend.height());
    }

    private void grid(Canvas canvas, Frame frame) {
        Rectangle2D area = frame.area();
        for (Ruler.Tick tick : frame.y().ticks()) {
            if (!tick.label().isEmpty() && panel.yAxis().categories().isEmpty()) {
                double y = frame.py(tick.value());
                canvas.draw(new Line2D.Double(area.getX(), y, area.getMaxX(), y), House.GRID, House.GRID_LINE);
            }
        }
        boolean named = !panel.xAxis().categories().isEmpty();
        for (Ruler.Tick tick : frame.x().ticks()) {
            if (!tick.label().isEmpty() && !named) {
                double x = frame.px(tick.value());
                canvas.draw(new Line2D.Double(x, area.getY(), x, area.getMaxY()), House.GRID, House.GRID_LINE);
            }
        }
    }

    private void axes(Canvas canvas, Frame frame, Rectangle2D place) {
        Rectangle2D area = frame.area();
        double bottom = area.getMaxY();
        canvas.draw(new Line2D.Double(area.getX(), bottom, area.getMaxX(), bottom), House.SPINE, House.SPINE_LINE);
        canvas.draw(new Line2D.Double(area.getX(), area.getY(), area.getX(), bottom), House.SPINE, House.SPINE_LINE);
        boolean turned = turned(panel.xAxis(), width - 80);
        for (Ruler.Tick tick : frame.x().ticks()) {
            double x = frame.px(tick.value());
            if (tick.label().isEmpty() && !panel.xAxis().categories().isEmpty()) {
                continue;
            }
            double length = tick.label().isEmpty() ? 2 : 3.5;
            canvas.draw(new Line2D.Double(x, bottom, x, bottom + length), House.SPINE, House.SPINE_LINE);
            if (turned) {
                canvas.text(
                        tick.label(),
                        x + 4,
                        bottom + 5 + House.TICK,
                        tickStyle(Align.END).turned(TURN));
            } else {
                canvas.text(tick.label(), x, bottom + 6 + House.TICK, tickStyle(Align.MIDDLE));
            }
        }
        for (Ruler.Tick tick : frame.y().ticks()) {
            double y = frame.py(tick.value());
            if (tick.label().isEmpty() && !panel.yAxis().categories().isEmpty()) {
                continue;
            }
            double length = tick.label().isEmpty() ? 2 : 3.5;
            canvas.draw(new Line2D.Double(area.getX() - length, y, area.getX(), y), House.SPINE, House.SPINE_LINE);
            canvas.text(tick.label(), area.getX() - 7, y + 0.36 * House.TICK, tickStyle(Align.END));
        }
        titles(canvas, area, place);
    }

    private void titles(Canvas canvas, Rectangle2D area, Rectangle2D place) {
        TextStyle axis = new TextStyle(House.AXIS, House.INK, Align.MIDDLE);
        Margins bare = bare();
        canvas.text(panel.xAxis().label(), area.getCenterX(), area.getMaxY() + bare.bottom() - 9, axis);
        canvas.text(panel.yAxis().label(), place.getX() + 8 + House.AXIS, area.getCenterY(), axis.turned(90));
        TextStyle title = new TextStyle(House.TITLE, House.INK, Align.MIDDLE);
        canvas.text(panel.title(), area.getCenterX(), area.getY() - 12, title);
    }
}
