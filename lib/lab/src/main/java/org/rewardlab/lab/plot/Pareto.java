package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Points of which none is better in both quantities, joined by steps; the others stand back. */
final class Pareto {
    private static final String FRONT = "Pareto front";

    private Pareto() {}

    static Panel panel(List<String> names, double[] x, double[] y, Better betterX, Better betterY) {
        Check.sameLength("x", x, "y", y);
        Check.notEmpty("names", names.size());
        if (names.size() != x.length) {
            throw new IllegalArgumentException(
                    "names: expected " + x.length + ", one for each point, got " + names.size());
        }
        List<NamedPoints.Point> points = new ArrayList<>();
        List<NamedPoints.Point> front = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            boolean back = isDominated(i, x, y, betterX, betterY);
            NamedPoints.Point point = new NamedPoints.Point(names.get(i), x[i], y[i], back);
            points.add(point);
            if (!back && Double.isFinite(x[i]) && Double.isFinite(y[i])) {
                front.add(point);
            }
        }
        front.sort(Comparator.comparingDouble(NamedPoints.Point::x));
        Staircase border = new Staircase(FRONT, front, betterX);
        return Panel.of(border, new NamedPoints(points, border)).order(names);
    }

    private static boolean isDominated(int i, double[] x, double[] y, Better betterX, Better betterY) {
        for (int j = 0; j < x.length; j++) {
            boolean worseNowhere = !betterX.than(x[i], x[j]) && !betterY.than(y[i], y[j]);
            boolean betterSomewhere = betterX.than(x[j], x[i]) || betterY.than(y[j], y[i]);
            if (j != i && worseNowhere && betterSomewhere) {
                return true;
            }
        }
        return false;
    }
}
