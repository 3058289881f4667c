package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Path2D;

/** An upright interval with caps, of any asymmetry. */
final class Whisker {
    private static final double CAP = 3;
    private static final Canvas.Line LINE = Canvas.Line.solid(1.1);

    private Whisker() {}

    /** From one height to another, in pixels; nothing where one is not known. */
    static void paint(Canvas canvas, double x, double from, double to, Color color) {
        if (!Double.isFinite(from) || !Double.isFinite(to)) {
            return;
        }
        Path2D.Double path = new Path2D.Double();
        path.moveTo(x - CAP, from);
        path.lineTo(x + CAP, from);
        path.moveTo(x, from);
        path.lineTo(x, to);
        path.moveTo(x - CAP, to);
        path.lineTo(x + CAP, to);
        canvas.draw(path, color, LINE);
    }
}
