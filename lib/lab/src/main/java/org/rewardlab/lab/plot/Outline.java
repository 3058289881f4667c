package org.rewardlab.lab.plot;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.nio.ByteBuffer;

/** The contours of one simple TrueType glyph: points on and off the curve, joined by quadratic arcs. */
final class Outline {
    private static final int ON_CURVE = 1;
    private static final int X_SHORT = 2;
    private static final int Y_SHORT = 4;
    private static final int REPEAT = 8;
    private static final int X_SAME_OR_POSITIVE = 16;
    private static final int Y_SAME_OR_POSITIVE = 32;

    private final int[] ends;
    private final boolean[] on;
    private final double[] points;

    Outline(ByteBuffer data, int start, int contours) {
        ends = new int[contours];
        int at = start + 10;
        for (int i = 0; i < contours; i++, at += 2) {
            ends[i] = data.getShort(at) & 0xFFFF;
        }
        int count = contours == 0 ? 0 : ends[contours - 1] + 1;
        at += 2 + (data.getShort(at) & 0xFFFF);
        int[] flags = new int[count];
        for (int i = 0; i < count; i++) {
            flags[i] = data.get(at++) & 0xFF;
            if ((flags[i] & REPEAT) != 0) {
                for (int repeats = data.get(at++) & 0xFF; repeats > 0; repeats--, i++) {
                    flags[i + 1] = flags[i];
                }
            }
        }
        on = new boolean[count];
        points = new double[2 * count];
        at = coordinates(data, at, flags, X_SHORT, X_SAME_OR_POSITIVE, 0);
        coordinates(data, at, flags, Y_SHORT, Y_SAME_OR_POSITIVE, 1);
        for (int i = 0; i < count; i++) {
            on[i] = (flags[i] & ON_CURVE) != 0;
        }
    }

    private int coordinates(ByteBuffer data, int start, int[] flags, int isShort, int same, int axis) {
        int at = start;
        int value = 0;
        for (int i = 0; i < flags.length; i++) {
            if ((flags[i] & isShort) != 0) {
                int step = data.get(at++) & 0xFF;
                value += (flags[i] & same) != 0 ? step : -step;
            } else if ((flags[i] & same) == 0) {
                value += data.getShort(at);
                at += 2;
            }
            points[2 * i + axis] = value;
        }
        return at;
    }

    void appendTo(Path2D.Double path, AffineTransform place) {
        double[] placed = new double[points.length];
        place.transform(points, 0, placed, 0, points.length / 2);
        int first = 0;
        for (int last : ends) {
            contour(path, placed, first, last);
            first = last + 1;
        }
    }

    /** Between two points off the curve lies one on it, halfway. */
    private void contour(Path2D.Double path, double[] p, int first, int last) {
        int n = last - first + 1;
        if (n < 2) {
            return;
        }
        int start = 0;
        while (start < n && !on[first + start]) {
            start++;
        }
        boolean none = start == n;
        int origin = none ? 0 : start;
        double x0 = none ? middle(p, first, last, 0) : p[2 * (first + origin)];
        double y0 = none ? middle(p, first, last, 1) : p[2 * (first + origin) + 1];
        path.moveTo(x0, y0);
        int steps = none ? n : n - 1;
        int from = none ? 0 : 1;
        for (int k = from; k < from + steps; k++) {
            int i = first + (origin + k) % n;
            if (on[i]) {
                path.lineTo(p[2 * i], p[2 * i + 1]);
                continue;
            }
            int next = first + (origin + k + 1) % n;
            boolean closing = k + 1 == from + steps;
            if (closing) {
                path.quadTo(p[2 * i], p[2 * i + 1], x0, y0);
            } else if (on[next]) {
                path.quadTo(p[2 * i], p[2 * i + 1], p[2 * next], p[2 * next + 1]);
                k++;
            } else {
                path.quadTo(p[2 * i], p[2 * i + 1], middle(p, i, next, 0), middle(p, i, next, 1));
            }
        }
        path.closePath();
    }

    private static double middle(double[] p, int a, int b, int axis) {
        return (p[2 * a + axis] + p[2 * b + axis]) / 2;
    }
}
