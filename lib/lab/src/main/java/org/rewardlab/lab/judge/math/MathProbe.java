package org.rewardlab.lab.judge.math;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.rewardlab.lab.judge.math.MathValue.Fraction;

/** Compares expressions by their values at points that depend on the names of their symbols alone. */
final class MathProbe {

    private static final int POINTS = 12;
    private static final int FEWEST = 3;

    private MathProbe() {}

    /** Whether two expressions have the same values, to so many decimals; fractions are compared exactly before rounding. */
    static boolean close(MathNode a, MathNode b, int digits) {
        TreeSet<String> symbols = a.symbols();
        if (!symbols.equals(b.symbols()) && (symbols.isEmpty() || b.symbols().isEmpty())) {
            return false;
        }
        if (symbols.isEmpty()) {
            Fraction x = MathValue.exact(a);
            Fraction y = MathValue.exact(b);
            if (x != null && y != null) {
                Fraction difference = x.minus(y);
                return difference != null
                        && Math.abs(difference.toDouble()) <= tolerance(x.toDouble(), y.toDouble(), digits);
            }
            double u = MathValue.at(a, Map.of());
            double v = MathValue.at(b, Map.of());
            return Math.abs(u - v) <= tolerance(u, v, digits) + 1e-15 * Math.abs(u);
        }
        symbols.addAll(b.symbols());
        int agreed = 0;
        for (int point = 0; point < POINTS; point++) {
            Map<String, Double> at = point(symbols, point);
            double u = MathValue.at(a, at);
            double v = MathValue.at(b, at);
            if (Double.isNaN(u) != Double.isNaN(v)) {
                return false;
            }
            if (Double.isFinite(u) && Double.isFinite(v)) {
                if (Math.abs(u - v) > 1e-9 * Math.max(1, Math.max(Math.abs(u), Math.abs(v)))) {
                    return false;
                }
                agreed++;
            }
        }
        return agreed >= FEWEST;
    }

    /** Half a unit of the last decimal; for numbers that are not much larger than that, a share of the number. */
    private static double tolerance(double u, double v, int digits) {
        return Math.min(0.5 * Math.pow(10, -digits), 0.02 * Math.max(Math.abs(u), Math.abs(v)));
    }

    /** The constant by which the second expression is larger than the first, or NaN where there is none. */
    static double factor(MathNode a, MathNode b) {
        TreeSet<String> symbols = a.symbols();
        if (!symbols.equals(b.symbols())) {
            return Double.NaN;
        }
        double factor = Double.NaN;
        int agreed = 0;
        for (int point = 0; point < POINTS; point++) {
            Map<String, Double> at = point(symbols, point);
            double u = MathValue.at(a, at);
            double v = MathValue.at(b, at);
            if (!Double.isFinite(u) || !Double.isFinite(v)) {
                continue;
            }
            if (u == 0 || v == 0) {
                return Double.NaN;
            }
            double ratio = v / u;
            if (!Double.isNaN(factor) && Math.abs(ratio - factor) > 1e-7 * Math.abs(factor)) {
                return Double.NaN;
            }
            factor = Double.isNaN(factor) ? ratio : factor;
            agreed++;
        }
        return agreed >= FEWEST ? factor : Double.NaN;
    }

    private static Map<String, Double> point(Iterable<String> symbols, int point) {
        Map<String, Double> at = new HashMap<>();
        for (String symbol : symbols) {
            SplittableRandom random = new SplittableRandom(symbol.hashCode() * 31L + point);
            double positive = 0.3 + 2.4 * random.nextDouble();
            at.put(symbol, point % 3 == 2 ? -positive : positive);
        }
        return at;
    }
}
