package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * Preferences as a symmetric game of two players, who each name a response and win if theirs is preferred. Munos et al.
 * 2023; Rosset et al. 2024 (DNO).
 *
 * <p>Preferences may be cyclic, so that no score for single responses explains them; a win rate against a given opponent
 * always exists. A policy that no other beats on average is a Nash equilibrium: its {@link #exploitability} is 0.
 *
 * <p>Everywhere {@code preference} (N,N) holds the probability that the row's response beats the column's: in [0, 1], 1/2
 * on the diagonal, and with its mirror image 1, up to 1e-6; {@code probs} (N) is a distribution, summing to 1 up to 1e-6.
 * Anything else is rejected. Constants for differentiation.
 *
 * <pre>{@code
 * var cycle = nd.create(new float[][] {{0.5f, 0.75f, 0.25f}, {0.25f, 0.5f, 1}, {0.75f, 0, 0.5f}});
 * var first = nd.create(new float[] {1, 0, 0});
 * PreferenceGame.winRates(cycle, first)
 * // => ND: (3) cpu() float32 [0.5, 0.25, 0.75]
 * PreferenceGame.exploitability(cycle, first) // by the third response
 * // => 0.25
 * PreferenceGame.exploitability(cycle, nd.create(new float[] {0.5f, 0.25f, 0.25f}))
 * // => 0.0
 * }</pre>
 */
public final class PreferenceGame {

    private static final double TOLERANCE = 1e-6;

    private PreferenceGame() {}

    /**
     * How often each response wins against a policy: {@code r_i = sum_j P_ij probs_j}.
     *
     * <p>Against itself a policy wins half the time: {@code probs . r = 1/2}. Of K sampled opponents each has weight 1/K.
     *
     * @return (N), the reward of general preferences
     */
    public static NDArray winRates(NDArray preference, NDArray probs) {
        double[] rates = rates(preference, probs);
        return Tensors.create(probs.getManager(), rates, probs.getDataType(), rates.length);
    }

    /**
     * By how much the best answer to a policy beats it: {@code max_i r_i - 1/2}, at least 0, and 0 at a Nash equilibrium
     * alone.
     */
    public static double exploitability(NDArray preference, NDArray probs) {
        return Arrays.stream(rates(preference, probs)).max().orElseThrow() - 0.5;
    }

    private static double[] rates(NDArray preference, NDArray probs) {
        Check.matrix("preference", preference);
        Check.floating("preference", preference);
        long n = preference.getShape().get(0);
        Check.shape("preference", preference, n, n);
        Check.shape("probs", probs, n);
        Check.floating("probs", probs);
        double[][] wins = Tensors.toRows(preference);
        checkWins(wins);
        double[] weights = distribution("probs", probs);
        double[] rates = new double[weights.length];
        for (int i = 0; i < rates.length; i++) {
            for (int j = 0; j < rates.length; j++) {
                rates[i] += wins[i][j] * weights[j];
            }
        }
        return rates;
    }

    private static void checkWins(double[][] wins) {
        for (int i = 0; i < wins.length; i++) {
            for (int j = 0; j < wins.length; j++) {
                Check.within("preference", wins[i][j], 0, 1);
                if (Math.abs(wins[i][j] + wins[j][i] - 1) > TOLERANCE) {
                    throw Check.failure(
                            "preference",
                            "P[i][j] + P[j][i] = 1, and 1/2 on the diagonal",
                            wins[i][j] + " and " + wins[j][i] + " at " + i + ", " + j);
                }
            }
        }
    }

    private static double[] distribution(String name, NDArray probs) {
        double[] numbers = Tensors.toDoubles(probs);
        double sum = 0;
        for (double number : numbers) {
            sum += Check.within(name, number, 0, 1 + TOLERANCE);
        }
        if (Math.abs(sum - 1) > TOLERANCE) {
            throw Check.failure(name, "probabilities that sum to 1", sum);
        }
        return numbers;
    }
}
