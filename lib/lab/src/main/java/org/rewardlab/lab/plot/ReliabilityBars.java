package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Accuracy by bin of confidence, with whiskers and counts.
 *
 * @param bins from confidence 0 to 1
 */
record ReliabilityBars(List<Reliability.Bin> bins) implements Mark {
    private static final Color FILL = new Color(0x7FB4D6);

    @Override
    public Extent x(boolean log) {
        return Extent.exactly(0, 1);
    }

    @Override
    public Extent y(boolean log) {
        return Extent.exactly(0, 1);
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        TextStyle text = new TextStyle(9, House.SOFT_INK, Align.MIDDLE);
        for (Reliability.Bin bin : bins) {
            if (bin.count() == 0) {
                continue;
            }
            Rectangle2D box = frame.box(bin.low(), 0, bin.high(), bin.accuracy().estimate());
            canvas.fill(inset(box), FILL);
            double middle = box.getCenterX();
            Whisker.paint(
                    canvas,
                    middle,
                    frame.py(bin.accuracy().low()),
                    frame.py(bin.accuracy().high()),
                    House.SOFT_INK);
            String count = Integer.toString(bin.count());
            if (text.width(count) < box.getWidth()) {
                double bottom = frame.py(0) - 4;
                canvas.fill(
                        new Rectangle2D.Double(
                                middle - text.width(count) / 2 - 1, bottom - 8, text.width(count) + 2, 10),
                        House.faded(House.PAPER, 150));
                canvas.text(count, middle, bottom, text);
            }
        }
        canvas.draw(
                new Line2D.Double(frame.px(0), frame.py(0), frame.px(1), frame.py(0)), House.SPINE, House.SPINE_LINE);
    }

    private static Rectangle2D inset(Rectangle2D box) {
        return new Rectangle2D.Double(box.getX() + 0.5, box.getY(), box.getWidth() - 1, box.getHeight());
    }

    @Override
    public void numbers(NumberTable table) {
        for (Reliability.Bin bin : bins) {
            table.add(
                    "reliability", "", bin.confidence(), bin.accuracy().estimate(), bin.low(), bin.high(), bin.count());
        }
    }
}
