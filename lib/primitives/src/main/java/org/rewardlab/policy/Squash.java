package org.rewardlab.policy;

/** How a Lagrange multiplier, any real number, becomes the weight of its constraint. */
public enum Squash {
    /** Between 0 and 1: inequality constraints, whose weight only pushes up. */
    SIGMOID,
    /** Between -1 and 1: equality constraints, whose weight can push back. */
    TANH,
    /** The multiplier itself. */
    NONE;

    /** The weight of a constraint. */
    public double weight(double multiplier) {
        return switch (this) {
            case SIGMOID -> sigmoid(multiplier);
            case TANH -> Math.tanh(multiplier);
            case NONE -> multiplier;
        };
    }

    /** The derivative of the weight by the multiplier. */
    public double slope(double multiplier) {
        return switch (this) {
            case SIGMOID -> sigmoid(multiplier) * sigmoid(-multiplier);
            case TANH -> 4 * sigmoid(2 * multiplier) * sigmoid(-2 * multiplier);
            case NONE -> 1;
        };
    }

    private static double sigmoid(double x) {
        return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
    }
}
