package org.rewardlab.lab.plot;

import java.util.stream.IntStream;

/**
 * Which points of a long line are drawn so that it looks the same: of each stretch the one that spans the largest triangle
 * with its neighbours. Steinarsson 2013, largest-triangle-three-buckets.
 */
final class Thinning {
    private Thinning() {}

    /** @return indices in ascending order, first and last among them; all when there are no more than {@code most} */
    static int[] of(Frame frame, double[] x, double[] y, int most) {
        int n = x.length;
        if (n <= most) {
            return IntStream.range(0, n).toArray();
        }
        int[] kept = new int[most];
        double bucket = (n - 2) / (double) (most - 2);
        int last = 0;
        for (int b = 0; b < most - 2; b++) {
            int from = (int) (b * bucket) + 1;
            int to = (int) ((b + 1) * bucket) + 1;
            int beyond = Math.min(n, (int) ((b + 2) * bucket) + 1);
            double nextX = average(x, to, beyond);
            double nextY = average(y, to, beyond);
            last = largest(frame, x, y, last, from, to, nextX, nextY);
            kept[b + 1] = last;
        }
        kept[most - 1] = n - 1;
        return kept;
    }

    /** A point that can't be drawn is kept, for it makes a gap. */
    private static int largest(
            Frame frame, double[] x, double[] y, int last, int from, int to, double nextX, double nextY) {
        int best = from;
        double bestArea = -1;
        double ax = frame.px(x[last]);
        double ay = frame.py(y[last]);
        double cx = frame.px(nextX);
        double cy = frame.py(nextY);
        for (int i = from; i < to; i++) {
            if (!frame.shows(x[i], y[i])) {
                return i;
            }
            double area = Math.abs((ax - cx) * (frame.py(y[i]) - ay) - (ax - frame.px(x[i])) * (cy - ay));
            if (area > bestArea) {
                bestArea = area;
                best = i;
            }
        }
        return best;
    }

    private static double average(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / Math.max(1, to - from);
    }
}
