package org.rewardlab.lab.model;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A policy small enough to print: a row of logits for each state, a softmax over its actions.
 *
 * <p>Changes are gathered and made at once, as a batch of a policy gradient wants it:
 *
 * <pre>{@code
 * int action = policy.sample(state, random);
 * policy.reinforce(state, action, advantage);    // advantage times the gradient of log pi(action | state)
 * policy.step(rate);                             // logits += rate * what was gathered
 * }</pre>
 */
public final class SoftmaxTable {

    private final double[][] logits;
    private final double[][] gathered;

    /** Every action alike in every state. */
    public SoftmaxTable(int states, int actions) {
        this(new double[states][actions]);
    }

    /** Logits by state and action, copied; finite, rows of one length. */
    public SoftmaxTable(double[][] logits) {
        if (logits.length == 0 || logits[0].length == 0) {
            throw new IllegalArgumentException("logits: expected at least one state and one action, got none");
        }
        this.logits = new double[logits.length][];
        this.gathered = new double[logits.length][logits[0].length];
        for (int s = 0; s < logits.length; s++) {
            if (logits[s].length != logits[0].length
                    || !Arrays.stream(logits[s]).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("logits: expected " + logits[0].length
                        + " finite numbers for each state, got " + Arrays.toString(logits[s]));
            }
            this.logits[s] = logits[s].clone();
        }
    }

    /** A table that goes its own way from here on; nothing is gathered yet. */
    public SoftmaxTable copy() {
        return new SoftmaxTable(logits);
    }

    public int states() {
        return logits.length;
    }

    public int actions() {
        return logits[0].length;
    }

    /** The probability of each action in a state. */
    public double[] probabilities(int state) {
        double largest = Arrays.stream(logits[state]).max().orElseThrow();
        double[] p = new double[logits[state].length];
        double sum = 0;
        for (int a = 0; a < p.length; a++) {
            p[a] = Math.exp(logits[state][a] - largest);
            sum += p[a];
        }
        for (int a = 0; a < p.length; a++) {
            p[a] /= sum;
        }
        return p;
    }

    /** The log-probability of an action in a state. */
    public double logp(int state, int action) {
        double largest = Arrays.stream(logits[state]).max().orElseThrow();
        double sum = 0;
        for (double logit : logits[state]) {
            sum += Math.exp(logit - largest);
        }
        return logits[state][action] - largest - Math.log(sum);
    }

    /** An action drawn from the policy. */
    public int sample(int state, RandomGenerator random) {
        double[] p = probabilities(state);
        double u = random.nextDouble();
        for (int a = 0; a < p.length - 1; a++) {
            u -= p[a];
            if (u < 0) {
                return a;
            }
        }
        return p.length - 1;
    }

    /** Gathers {@code weight} times the gradient of {@code log pi(action | state)} by the logits. */
    public void reinforce(int state, int action, double weight) {
        double[] p = probabilities(state);
        for (int a = 0; a < p.length; a++) {
            gathered[state][a] += weight * ((a == action ? 1 : 0) - p[a]);
        }
    }

    /** Adds {@code rate} times what was gathered to the logits, and forgets it. */
    public void step(double rate) {
        for (int s = 0; s < logits.length; s++) {
            for (int a = 0; a < logits[s].length; a++) {
                logits[s][a] += rate * gathered[s][a];
            }
            Arrays.fill(gathered[s], 0);
        }
    }
}
