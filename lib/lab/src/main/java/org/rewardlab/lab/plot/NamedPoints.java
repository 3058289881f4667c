package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Points with their names beside them, each name on the first side where it covers no other.
 *
 * @param points what is drawn
 * @param border a line that names should not lie on
 */
record NamedPoints(List<Point> points, Staircase border) implements Mark {
    private static final TextStyle TEXT = new TextStyle(House.NOTE, House.SOFT_INK, Align.START);
    private static final double RADIUS = 4;

    /** A point; one that stands back is grey. */
    record Point(String name, double x, double y, boolean back) {}

    @Override
    public Extent x(boolean log) {
        return Extent.of(log, points.stream().mapToDouble(Point::x).toArray());
    }

    @Override
    public Extent y(boolean log) {
        return Extent.of(log, points.stream().mapToDouble(Point::y).toArray());
    }

    @Override
    public Layer layer() {
        return Layer.TEXT;
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        List<Rectangle2D> taken = new ArrayList<>();
        for (Point point : points) {
            if (frame.shows(point.x(), point.y())) {
                taken.add(Marker.CIRCLE
                        .at(frame.px(point.x()), frame.py(point.y()), RADIUS)
                        .getBounds2D());
            }
        }
        for (Point point : points) {
            if (!frame.shows(point.x(), point.y())) {
                continue;
            }
            double x = frame.px(point.x());
            double y = frame.py(point.y());
            Style style = palette.style(point.name());
            Color color = point.back() ? new Color(0xA0A0A0) : style.color();
            canvas.fill(style.marker().at(x, y, RADIUS), color);
            Rectangle2D place = place(frame, x, y, TEXT.width(point.name()), taken, palette);
            taken.add(place);
            canvas.text(point.name(), place.getX(), place.getMaxY() - 3, TEXT);
        }
    }

    private Rectangle2D place(Frame frame, double x, double y, double width, List<Rectangle2D> taken, Palette palette) {
        double height = House.NOTE + 3;
        double[][] corners = {
            {x + 8, y - height / 2},
            {x - 8 - width, y - height / 2},
            {x - width / 2, y - 7 - height},
            {x - width / 2, y + 7},
            {x - 6 - width, y - 4 - height},
            {x + 6, y + 4},
            {x + 6, y - 4 - height}
        };
        for (double[] corner : corners) {
            Rectangle2D box = new Rectangle2D.Double(corner[0], corner[1], width, height);
            ProbeCanvas probe = new ProbeCanvas(box);
            border.paint(probe, frame, palette);
            boolean free = probe.hits() == 0 && taken.stream().noneMatch(box::intersects);
            if (free && frame.area().contains(box)) {
                return box;
            }
        }
        return new Rectangle2D.Double(corners[0][0], corners[0][1], width, height);
    }

    @Override
    public void numbers(NumberTable table) {
        points.forEach(point -> table.add(point.back() ? "point" : "front", point.name(), point.x(), point.y()));
    }

    @Override
    public List<String> labels() {
        return points.stream().map(Point::name).toList();
    }

    @Override
    public int missing(boolean logX, boolean logY) {
        double[] xs = points.stream().mapToDouble(Point::x).toArray();
        double[] ys = points.stream().mapToDouble(Point::y).toArray();
        return Math.max(Mark.missing(logX, xs), Mark.missing(logY, ys));
    }
}
