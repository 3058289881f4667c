package org.rewardlab.policy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rewardlab.tensor.Check;

/**
 * A search for the minimum of a function of a few numbers without its gradient, such as the negative quality of a policy
 * trained under given thresholds. Nelder and Mead 1965 as Moskovitz et al. 2023 use it: with inside contraction alone.
 *
 * <p>A round sorts the n+1 corners by value (stably), with c the mean of all but the worst and {@code r = c + alpha (c -
 * worst)}. If r is at least as good as the best it was not, it is taken (better than the second worst: {@link
 * Operation#REFLECT}), or, if better than the best, {@code e = c + gamma (r - c)} if that is better than the best ({@link
 * Operation#EXPAND}), else r. Otherwise {@code k = c + rho (worst - c)} if better than the worst ({@link
 * Operation#CONTRACT}), else all move towards the best by sigma ({@link Operation#SHRINK}), and the search ends if the values'
 * standard deviation (divisor n+1) is below the tolerance. The best value never rises.
 *
 * <pre>{@code
 * var found = new NelderMead().minimize(new double[][] {{0}, {1}}, x -> (x[0] - 3) * (x[0] - 3), 3);
 * found.operations()
 * // => [EXPAND, CONTRACT, CONTRACT]
 * found.best()
 * // => Corner[point=[3.0], value=0.0]
 * found.simplex().get(1)
 * // => Corner[point=[2.5], value=0.25]
 * }</pre>
 *
 * @param alpha reflection, above 0
 * @param gamma expansion, above 0
 * @param rho contraction, above 0
 * @param sigma shrinkage, above 0
 * @param tolerance at least 0; 0 never ends the search early
 */
public record NelderMead(double alpha, double gamma, double rho, double sigma, double tolerance)
        implements Serializable {

    /** What a round did to the simplex. */
    public enum Operation {
        REFLECT,
        EXPAND,
        CONTRACT,
        SHRINK
    }

    /**
     * A corner of the simplex and the function's value there.
     *
     * @param point n numbers
     * @param value what is to be small
     */
    public record Corner(List<Double> point, double value) implements Serializable {
        public Corner {
            point = List.copyOf(point);
        }
    }

    /**
     * What a search found.
     *
     * @param simplex n+1 corners, the best first
     * @param operations one for each round
     */
    public record Result(List<Corner> simplex, List<Operation> operations) implements Serializable {
        public Result {
            simplex = List.copyOf(simplex);
            operations = List.copyOf(operations);
        }

        /** The best corner. */
        public Corner best() {
            return simplex.get(0);
        }
    }

    public NelderMead {
        Check.positive("alpha", alpha);
        Check.positive("gamma", gamma);
        Check.positive("rho", rho);
        Check.positive("sigma", sigma);
        Check.notNegative("tolerance", tolerance);
    }

    /** Reflection 1, expansion 2, contraction and shrinkage 1/2, tolerance 0.01. */
    public NelderMead() {
        this(1, 2, 0.5, 0.5, 0.01);
    }

    /**
     * Searches for at most {@code iterations} rounds; the function is asked once for each new point.
     *
     * @param simplex n+1 points of n finite numbers, n at least 1
     * @param iterations at least 1
     * @throws IllegalArgumentException for another simplex, fewer rounds, a value that is not a finite number
     */
    public Result minimize(double[][] simplex, ToDoubleFunction<double[]> function, int iterations) {
        check(simplex);
        Check.atLeast("iterations", iterations, 1);
        List<Corner> corners = new ArrayList<>();
        for (double[] point : simplex) {
            corners.add(at(point, function));
        }
        List<Operation> operations = new ArrayList<>();
        boolean ended = false;
        while (!ended && operations.size() < iterations) {
            sort(corners);
            Operation operation = round(corners, function);
            operations.add(operation);
            ended = operation == Operation.SHRINK && spread(corners) < tolerance;
        }
        sort(corners);
        return new Result(corners, operations);
    }

    private Operation round(List<Corner> corners, ToDoubleFunction<double[]> function) {
        int n = corners.size() - 1;
        Corner best = corners.get(0);
        Corner worst = corners.get(n);
        double[] centre = centre(corners.subList(0, n));
        Corner reflected = at(along(centre, numbers(worst), -alpha), function);
        if (reflected.value >= best.value && reflected.value < corners.get(n - 1).value) {
            corners.set(n, reflected);
            return Operation.REFLECT;
        }
        if (reflected.value < best.value) {
            Corner expanded = at(along(centre, numbers(reflected), gamma), function);
            boolean further = expanded.value < best.value;
            corners.set(n, further ? expanded : reflected);
            return further ? Operation.EXPAND : Operation.REFLECT;
        }
        Corner contracted = at(along(centre, numbers(worst), rho), function);
        if (contracted.value < worst.value) {
            corners.set(n, contracted);
            return Operation.CONTRACT;
        }
        for (int i = 1; i <= n; i++) {
            corners.set(i, at(along(numbers(best), numbers(corners.get(i)), sigma), function));
        }
        return Operation.SHRINK;
    }

    private static void check(double[][] simplex) {
        int n = simplex.length - 1;
        if (n < 1) {
            throw Check.failure("simplex", "n+1 points of n numbers, n at least 1", simplex.length + " points");
        }
        for (double[] point : simplex) {
            if (point.length != n) {
                throw Check.failure("simplex", (n + 1) + " points of " + n + " numbers", point.length + " numbers");
            }
            for (double number : point) {
                Check.finite("simplex", number);
            }
        }
    }

    private static Corner at(double[] point, ToDoubleFunction<double[]> function) {
        double value = Check.finite("function", function.applyAsDouble(point.clone()));
        return new Corner(Arrays.stream(point).boxed().toList(), value);
    }

    private static void sort(List<Corner> corners) {
        corners.sort(Comparator.comparingDouble(Corner::value));
    }

    private static double[] numbers(Corner corner) {
        return corner.point.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] centre(List<Corner> corners) {
        double[] sum = new double[corners.get(0).point.size()];
        for (Corner corner : corners) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += corner.point.get(i);
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= corners.size();
        }
        return sum;
    }

    private static double[] along(double[] from, double[] to, double step) {
        double[] point = new double[from.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = from[i] + step * (to[i] - from[i]);
        }
        return point;
    }

    private static double spread(List<Corner> corners) {
        double mean = corners.stream().mapToDouble(Corner::value).average().orElseThrow();
        double squares = corners.stream()
                .mapToDouble(corner -> (corner.value - mean) * (corner.value - mean))
                .sum();
        return Math.sqrt(squares / corners.size());
    }
}
