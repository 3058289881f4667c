package org.rewardlab.lab.generate;

/**
 * One sampled completion.
 *
 * @param prompt tokens it continues
 * @param tokens tokens drawn, the end token included
 * @param logps log-probability of each under the model at the temperature, before any filter or penalty; at temperature 0
 *     that of temperature 1
 * @param entropies of the distribution that each log-probability belongs to, nats
 * @param stopped whether it ended by itself, rather than at the longest allowed
 */
@SuppressWarnings("ArrayRecordComponent") // handed out by the million; lists of boxed numbers would be the memory
public record Completion(int[] prompt, int[] tokens, double[] logps, double[] entropies, boolean stopped) {

    /** The number of tokens drawn. */
    public int length() {
        return tokens.length;
    }

    /** Prompt and completion in one row. */
    public int[] sequence() {
        int[] all = new int[prompt.length + tokens.length];
        System.arraycopy(prompt, 0, all, 0, prompt.length);
        System.arraycopy(tokens, 0, all, prompt.length, tokens.length);
        return all;
    }

    /** The log-probability of the whole completion. */
    public double logp() {
        double sum = 0;
        for (double logp : logps) {
            sum += logp;
        }
        return sum;
    }
}
