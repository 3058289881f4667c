package org.rewardlab.lab.plot;

import java.awt.geom.Rectangle2D;
import java.util.List;

/** Lays out one panel and draws it. */
final class PanelPainter {
    private static final double X_SPACING = 50;
    private static final double Y_SPACING = 32;
    private static final double RIGHT = 20;

    private final Panel panel;
    private final Palette palette;
    private final Legend legend;
    private final AxesPainter axes;
    private final double width;
    private final double height;
    private LegendPlace place;

    PanelPainter(Panel panel, Palette palette, boolean withLegend, double width, double height) {
        this.panel = panel;
        this.palette = palette;
        this.width = width;
        this.height = height;
        this.axes = new AxesPainter(panel, width);
        boolean shown = withLegend && panel.legendPlace() != LegendPlace.NONE;
        this.legend = shown ? Legend.of(panel.marks()) : new Legend(List.of());
        this.place = decided();
    }

    /** Where its legend stands. */
    LegendPlace legendPlace() {
        return place;
    }

    /** The place asked for; else a free corner; else below where a few rows do, or to the right. */
    private LegendPlace decided() {
        if (legend.isEmpty()) {
            return LegendPlace.NONE;
        }
        if (panel.legendPlace() != LegendPlace.AUTO) {
            return panel.legendPlace();
        }
        Frame frame = frame(new Rectangle2D.Double(0, 0, width, height), bare());
        Rectangle2D area = frame.area();
        boolean fits = legend.width() < 0.62 * area.getWidth() && legend.height() < 0.6 * area.getHeight();
        if (fits) {
            LegendSpot spot = spot(frame);
            if (spot.hits() == 0) {
                return spot.corner();
            }
        }
        return outside(area.getWidth());
    }

    private LegendPlace outside(double room) {
        boolean low = legend.strip(room).size() <= (width < House.WIDTH ? 3 : 2);
        return low || legend.width() > 0.36 * width ? LegendPlace.BELOW : LegendPlace.RIGHT;
    }

    /** Takes its legend out of the plot where, with these margins, it would cover something; whether it did. */
    boolean makesRoom(Margins margins) {
        if (!place.isInside() || panel.legendPlace() != LegendPlace.AUTO) {
            return false;
        }
        Frame frame = frame(new Rectangle2D.Double(0, 0, width, height), margins);
        if (spot(frame).hits() == 0) {
            return false;
        }
        place = outside(frame.area().getWidth());
        return true;
    }

    private LegendSpot spot(Frame frame) {
        boolean fixed = !Double.isNaN(panel.yAxis().high())
                || !panel.yAxis().categories().isEmpty();
        return LegendSpot.find(legend, frame, !fixed, this::marks);
    }

    /** The room it needs around its axes. */
    Margins margins() {
        Margins bare = bare();
        return switch (place) {
            case RIGHT -> new Margins(bare.top(), bare.left(), bare.bottom(), bare.right() + legend.width());
            case BELOW -> {
                double rows = Legend.stripHeight(legend.strip(width - bare.left() - bare.right()));
                yield new Margins(bare.top(), bare.left(), bare.bottom() + rows + 4, bare.right());
            }
            default -> bare;
        };
    }

    private Margins bare() {
        double top = axes.top();
        double bottom = axes.bottom();
        return new Margins(top, axes.left(yRuler(height - top - bottom)), bottom, RIGHT + rightOfMarks());
    }

    private double rightOfMarks() {
        return panel.marks().stream().mapToDouble(Mark::roomAtRight).max().orElse(0);
    }

    private Ruler xRuler(double length) {
        boolean log = panel.xAxis().log();
        Extent data = panel.marks().stream().map(m -> m.x(log)).reduce(Extent.NONE, Extent::and);
        return Ruler.of(panel.xAxis(), data, length, X_SPACING, 0.04);
    }

    private Ruler yRuler(double length) {
        boolean log = panel.yAxis().log();
        Extent data = panel.marks().stream().map(m -> m.y(log)).reduce(Extent.NONE, Extent::and);
        return Ruler.of(panel.yAxis(), data, length, Y_SPACING, 0.05);
    }

    private Frame frame(Rectangle2D outer, Margins margins) {
        Rectangle2D area = new Rectangle2D.Double(
                outer.getX() + margins.left(),
                outer.getY() + margins.top(),
                outer.getWidth() - margins.left() - margins.right(),
                outer.getHeight() - margins.top() - margins.bottom());
        return new Frame(area, xRuler(area.getWidth()), yRuler(area.getHeight()));
    }

    void paint(Canvas canvas, double x, double y, Margins margins) {
        Rectangle2D outer = new Rectangle2D.Double(x, y, width, height);
        Frame bare = frame(outer, margins);
        boolean free = place.isInside() && panel.legendPlace() == LegendPlace.AUTO;
        LegendSpot spot = free ? spot(bare) : LegendSpot.of(place);
        Frame frame = new Frame(bare.area(), bare.x(), bare.y().withHeadroom(spot.headroom()));
        axes.grid(canvas, frame);
        canvas.clipped(grown(frame.area()), () -> marks(canvas, frame));
        axes.axes(canvas, frame);
        panel.marks().forEach(mark -> mark.paintOutside(canvas, frame, palette));
        axes.titles(canvas, frame.area(), outer.getX());
        legend(canvas, frame.area(), outer, spot);
    }

    /** Where no axis is drawn, a line along the border keeps its width. */
    private static Rectangle2D grown(Rectangle2D area) {
        double more = House.LINE_WIDTH / 2;
        return new Rectangle2D.Double(area.getX(), area.getY() - more, area.getWidth() + more, area.getHeight() + more);
    }

    /** Areas first, so that no band covers another method's line. */
    private void marks(Canvas canvas, Frame frame) {
        for (Mark.Layer layer : Mark.Layer.values()) {
            for (Mark mark : panel.marks()) {
                if (mark.layer() == layer) {
                    mark.paint(canvas, frame, palette);
                }
            }
        }
    }

    private void legend(Canvas canvas, Rectangle2D area, Rectangle2D outer, LegendSpot spot) {
        if (place.isInside()) {
            Rectangle2D box = spot.box(legend, area);
            legend.paint(canvas, box.getX(), box.getY(), palette, true);
        } else if (place == LegendPlace.RIGHT) {
            legend.paint(canvas, area.getMaxX() + rightOfMarks() + 10, area.getY(), palette, false);
        } else if (place == LegendPlace.BELOW) {
            double top = outer.getMaxY() - Legend.stripHeight(legend.strip(area.getWidth())) - 2;
            legend.paintStrip(canvas, area.getX(), top, area.getWidth(), palette);
        }
    }
}
