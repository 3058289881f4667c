package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A matrix as coloured cells, row 0 on top, with a colour bar: blue, white and red around zero where a value is negative,
 * white to blue where none is. A missing value is grey.
 *
 * @param values rows of equal length
 * @param rows names of the rows, for the table
 * @param columns names of the columns, for the table
 */
@SuppressWarnings("ArrayRecordComponent")
record Cells(double[][] values, List<String> rows, List<String> columns) implements Mark {
    private static final Color LOW = new Color(0x2166AC);
    private static final Color MIDDLE = new Color(0xF7F7F7);
    private static final Color HIGH = new Color(0xB2182B);
    private static final Color MISSING = new Color(0xBDBDBD);
    private static final int SHADES = 100;
    private static final double BAR_WIDTH = 13;
    private static final double ROOM = 66;

    @Override
    public Extent x(boolean log) {
        return Extent.exactly(-0.5, columns.size() - 0.5);
    }

    @Override
    public Extent y(boolean log) {
        return Extent.exactly(-0.5, rows.size() - 0.5);
    }

    private double largest() {
        double largest = 0;
        for (double[] row : values) {
            for (double value : row) {
                largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
            }
        }
        return largest == 0 ? 1 : largest;
    }

    private boolean diverging() {
        for (double[] row : values) {
            for (double value : row) {
                if (value < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Cells of one shade are one path: a large matrix stays a small document. */
    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        Map<Integer, Path2D.Double> shades = new TreeMap<>();
        double largest = largest();
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.size(); c++) {
                double value = values[r][c];
                int shade = Double.isFinite(value) ? (int) Math.round(value / largest * SHADES) : Integer.MIN_VALUE;
                double y = rows.size() - 1 - r;
                Rectangle2D box = frame.box(c - 0.5, y - 0.5, c + 0.5, y + 0.5);
                double gap = box.getWidth() > 8 && box.getHeight() > 8 ? 0.6 : 0;
                box.setRect(box.getX(), box.getY(), box.getWidth() - gap, box.getHeight() - gap);
                shades.computeIfAbsent(shade, s -> new Path2D.Double()).append(box, false);
            }
        }
        boolean diverging = diverging();
        shades.forEach((shade, path) -> canvas.fill(path, color(shade, diverging)));
        words(canvas, frame, largest, diverging);
    }

    private static Color color(int shade, boolean diverging) {
        if (shade == Integer.MIN_VALUE) {
            return MISSING;
        }
        return diverging ? diverging(shade / (double) SHADES) : House.mixed(MIDDLE, LOW, shade / (double) SHADES);
    }

    /** The colour of a share of the largest value, in [-1, 1]. */
    static Color diverging(double share) {
        return House.mixed(MIDDLE, share < 0 ? LOW : HIGH, Math.min(1, Math.abs(share)));
    }

    /** Black or white, whichever reads better on a colour. */
    static Color inkOn(Color color) {
        double light = 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue();
        return light > 140 ? House.INK : Color.WHITE;
    }

    private void words(Canvas canvas, Frame frame, double largest, boolean diverging) {
        double width = frame.px(1) - frame.px(0);
        if (width < 36 || frame.py(0) - frame.py(1) < 16 || columns.size() * rows.size() > 120) {
            return;
        }
        double step = Ruler.step(largest / 120);
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.size(); c++) {
                double value = values[r][c];
                if (Double.isFinite(value)) {
                    Color ground = color((int) Math.round(value / largest * SHADES), diverging);
                    TextStyle style = new TextStyle(House.NOTE, inkOn(ground), Align.MIDDLE);
                    double y = frame.py(rows.size() - 1 - r) + 0.36 * House.NOTE;
                    canvas.text(TickText.of(value, step, largest), frame.px(c), y, style);
                }
            }
        }
    }

    @Override
    public double roomAtRight() {
        return ROOM;
    }

    @Override
    public void paintOutside(Canvas canvas, Frame frame, Palette palette) {
        double largest = largest();
        boolean diverging = diverging();
        double x = frame.area().getMaxX() + 18;
        double top = frame.area().getY() + 0.06 * frame.area().getHeight();
        double height = 0.88 * frame.area().getHeight();
        int steps = 64;
        for (int i = 0; i < steps; i++) {
            double share = 1 - (i + 0.5) / steps * (diverging ? 2 : 1);
            Color color = color((int) Math.round(share * SHADES), diverging);
            canvas.fill(new Rectangle2D.Double(x, top + i * height / steps, BAR_WIDTH, height / steps + 0.3), color);
        }
        Ruler ruler = Ruler.of(Axis.PLAIN, Extent.exactly(diverging ? -largest : 0, largest), height, 28, 0);
        TextStyle style = new TextStyle(House.TICK, House.SOFT_INK, Align.START);
        for (Ruler.Tick tick : ruler.ticks()) {
            double share = diverging ? (largest - tick.value()) / (2 * largest) : 1 - tick.value() / largest;
            if (share >= -1e-9 && share <= 1 + 1e-9) {
                canvas.text(tick.label(), x + BAR_WIDTH + 5, top + share * height + 0.36 * House.TICK, style);
            }
        }
    }

    @Override
    public void numbers(NumberTable table) {
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.size(); c++) {
                table.add("cell", "", columns.get(c), rows.get(r), null, null, values[r][c]);
            }
        }
    }

    @Override
    public int missing(boolean logX, boolean logY) {
        int missing = 0;
        for (double[] row : values) {
            missing += Mark.missing(false, row);
        }
        return missing;
    }
}
