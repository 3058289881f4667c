package org.rewardlab.reward;

import org.ejml.simple.SimpleMatrix;

/** A sigmoid, and the polynomial of degree 5 that is closest to it on [-5, 5]. Fu et al. 2025 (PAR). */
public final class FittedSigmoid {

    private static final int DEGREE = 5;
    private static final int POINTS = 100;
    private static final double EDGE = 5;
    private static final double[] COEFFICIENTS = fit();

    private FittedSigmoid() {}

    /**
     * The coefficients, highest power first: ordinary least squares on 100 equally spaced points. Odd about 1/2, so that
     * even powers have none up to rounding.
     */
    public static double[] coefficients() {
        return COEFFICIENTS.clone();
    }

    /** The polynomial, 0 from -5 down and 1 from 5 up. */
    public static double at(double x) {
        if (x <= -EDGE) {
            return 0;
        }
        if (x >= EDGE) {
            return 1;
        }
        double value = 0;
        for (double coefficient : COEFFICIENTS) {
            value = value * x + coefficient;
        }
        return value;
    }

    /** The sigmoid, without overflow. */
    static double sigmoid(double x) {
        return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
    }

    /** In x / 5, where the powers are of one size, and then scaled back. */
    private static double[] fit() {
        SimpleMatrix powers = new SimpleMatrix(POINTS, DEGREE + 1);
        SimpleMatrix values = new SimpleMatrix(POINTS, 1);
        for (int i = 0; i < POINTS; i++) {
            double unit = 2.0 * i / (POINTS - 1) - 1;
            for (int k = 0; k <= DEGREE; k++) {
                powers.set(i, k, Math.pow(unit, DEGREE - k));
            }
            values.set(i, 0, sigmoid(EDGE * unit));
        }
        double[] coefficients = powers.solve(values).getDDRM().getData();
        for (int k = 0; k <= DEGREE; k++) {
            coefficients[k] /= Math.pow(EDGE, DEGREE - k);
        }
        return coefficients;
    }
}
