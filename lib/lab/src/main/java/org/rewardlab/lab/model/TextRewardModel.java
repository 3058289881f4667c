package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.rewardlab.lab.data.Preferences;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/**
 * A reward model on text features: a response's reward is a weighted sum of its features, or such sums through one small hidden layer.
 *
 * <p>Its parameters live in a manager of their own until it is closed, or until nothing reaches it any more.
 */
public final class TextRewardModel implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int CHUNK = 1024;

    private final TextFeatures features;
    private final int hidden;
    private final NDManager manager;
    private final List<NDArray> parameters;
    private final Cleaner.Cleanable release;

    private TextRewardModel(TextFeatures features, int hidden, NDManager manager, List<NDArray> parameters) {
        this.features = features;
        this.hidden = hidden;
        this.manager = manager;
        this.parameters = List.copyOf(parameters);
        this.release = CLEANER.register(this, manager::close);
    }

    /** A weighted sum of features; all weights start at 0, so that every reward does. */
    public static TextRewardModel linear(TextFeatures features) {
        NDManager manager = newManager();
        return new TextRewardModel(
                features, 0, manager, List.of(parameter(manager, new float[features.width()], features.width(), 1)));
    }

    /**
     * A hidden layer of tanh units between features and reward.
     *
     * @param hidden the number H of units, at least 1
     * @param seed draws the first weights: uniform, the wider the layer the smaller
     */
    public static TextRewardModel mlp(TextFeatures features, int hidden, long seed) {
        if (hidden < 1) {
            throw new IllegalArgumentException("hidden: expected at least 1 unit, came " + hidden);
        }
        SplittableRandom random = new SplittableRandom(seed);
        NDManager manager = newManager();
        float[] in = uniform(random, features.width() * hidden, 0.1);
        float[] out = uniform(random, hidden, Math.sqrt(1.0 / hidden));
        return new TextRewardModel(
                features,
                hidden,
                manager,
                List.of(
                        parameter(manager, in, features.width(), hidden),
                        parameter(manager, new float[hidden], hidden),
                        parameter(manager, out, hidden)));
    }

    private static NDManager newManager() {
        NDManager manager = NDManager.newBaseManager();
        manager.setName("TextRewardModel");
        return manager;
    }

    private static float[] uniform(SplittableRandom random, int count, double bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    /** An array that outlives every scope, also the one that a notebook cell runs in. */
    private static NDArray parameter(NDManager manager, float[] values, long... shape) {
        NDArray array = Tensors.create(manager, values, shape);
        NDScope.unregister(array);
        array.setRequiresGradient(true);
        return array;
    }

    /** What the model sees of a response. */
    public TextFeatures features() {
        return features;
    }

    /** The arrays that training changes: weights (D,1); or weights (D,H), biases (H) and output weights (H). */
    public List<NDArray> parameters() {
        return parameters;
    }

    /** How many numbers training changes. */
    public long parameterCount() {
        return parameters.stream().mapToLong(NDArray::size).sum();
    }

    /** Sparse features as arrays on the device of the parameters; they belong to the current scope. */
    public SparseBatch batch(List<SparseVector> rows) {
        return SparseBatch.of(manager, rows);
    }

    /** The rewards of a batch (B), recorded for differentiation if the thread records. */
    public NDArray rewards(SparseBatch batch) {
        return ScalarHead.scores(parameters, batch);
    }

    /** The reward of one response. */
    public double reward(String prompt, String response) {
        return rewards(List.of(features.of(prompt, response)))[0];
    }

    /** The probability that people prefer the first of two responses, {@code sigmoid(reward(first) - reward(second))}. */
    public double preference(String prompt, String first, String second) {
        return 1 / (1 + Math.exp(reward(prompt, second) - reward(prompt, first)));
    }

    /** For each pair, by how much the chosen response's reward exceeds the other's. */
    public double[] margins(Preferences pairs) {
        return margins(EncodedPairs.of(features, pairs));
    }

    /** For each pair, by how much the chosen response's reward exceeds the other's. */
    public double[] margins(EncodedPairs pairs) {
        double[] margins = rewards(pairs.chosen());
        double[] rejected = rewards(pairs.rejected());
        for (int i = 0; i < margins.length; i++) {
            margins[i] -= rejected[i];
        }
        return margins;
    }

    private double[] rewards(List<SparseVector> rows) {
        List<Double> all = new ArrayList<>(rows.size());
        for (int from = 0; from < rows.size(); from += CHUNK) {
            try (Scope scope = Scope.open();
                    GradientMode mode = GradientMode.paused()) {
                SparseBatch batch = batch(rows.subList(from, Math.min(rows.size(), from + CHUNK)));
                for (double reward : Tensors.toDoubles(rewards(batch))) {
                    all.add(reward);
                }
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Frees the parameters; the model is of no use afterwards. */
    @Override
    public void close() {
        release.clean();
    }

    @Override
    public String toString() {
        return "TextRewardModel[" + features + (hidden == 0 ? ", linear]" : ", " + hidden + " hidden units]");
    }
}
