package org.rewardlab.kernel.page;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;

/** The {@code d} attribute of an outline, in whole units. */
final class SvgPath {
    private SvgPath() {}

    static String of(Shape shape, AffineTransform transform) {
        StringBuilder path = new StringBuilder();
        double[] points = new double[6];
        for (PathIterator it = shape.getPathIterator(transform); !it.isDone(); it.next()) {
            switch (it.currentSegment(points)) {
                case PathIterator.SEG_MOVETO -> append(path, 'M', points, 1);
                case PathIterator.SEG_LINETO -> append(path, 'L', points, 1);
                case PathIterator.SEG_QUADTO -> append(path, 'Q', points, 2);
                case PathIterator.SEG_CUBICTO -> append(path, 'C', points, 3);
                default -> path.append('Z');
            }
        }
        return path.toString();
    }

    private static void append(StringBuilder path, char command, double[] points, int count) {
        path.append(command);
        for (int i = 0; i < 2 * count; i++) {
            long value = Math.round(points[i]);
            if (i > 0 && value >= 0) {
                path.append(' ');
            }
            path.append(value);
        }
    }
}
