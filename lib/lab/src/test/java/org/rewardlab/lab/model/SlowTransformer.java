package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Tensors;

/** The transformer once more, in plain loops over doubles, one token at a time: what the scripts are compared with. */
final class SlowTransformer {

    private final TransformerConfig c;
    private final double[] frequencies;
    private final Map<String, double[]> weights = new HashMap<>();

    SlowTransformer(TransformerConfig config, Map<String, NDArray> named) {
        this(config, config.rope().frequencies(config.headSize()), Map.of());
        named.forEach((name, array) -> weights.put(name, Tensors.toDoubles(array)));
    }

    SlowTransformer(TransformerConfig config, double[] frequencies, Map<String, double[]> named) {
        this.c = config;
        this.frequencies = frequencies.clone();
        weights.putAll(named);
    }

    /** Logits [T][V] of one sequence. */
    double[][] logits(int[] ids) {
        double[][] x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            x[t] = row(weight("model.embed_tokens.weight"), ids[t], c.hiddenSize());
        }
        for (int layer = 0; layer < c.layers(); layer++) {
            block(x, "model.layers." + layer + ".");
        }
        double[] head = weight(c.tiedHead() ? "model.embed_tokens.weight" : "lm_head.weight");
        double[][] logits = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            logits[t] = apply(head, null, norm(x[t], weight("model.norm.weight")), c.vocabSize());
        }
        return logits;
    }

    private double[] weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    private void block(double[][] x, String prefix) {
        int length = x.length;
        int queries = c.heads() * c.headSize();
        int keys = c.kvHeads() * c.headSize();
        double[][] q = new double[length][];
        double[][] k = new double[length][];
        double[][] v = new double[length][];
        for (int t = 0; t < length; t++) {
            double[] h = norm(x[t], weight(prefix + "input_layernorm.weight"));
            q[t] = rotate(project(prefix + "self_attn.q_proj", h, queries), c.heads(), t);
            k[t] = rotate(project(prefix + "self_attn.k_proj", h, keys), c.kvHeads(), t);
            v[t] = project(prefix + "self_attn.v_proj", h, keys);
        }
        for (int t = 0; t < length; t++) {
            add(x[t], project(prefix + "self_attn.o_proj", attend(q[t], k, v, t), c.hiddenSize()));
            double[] h = norm(x[t], weight(prefix + "post_attention_layernorm.weight"));
            double[] gate = project(prefix + "mlp.gate_proj", h, c.intermediateSize());
            double[] up = project(prefix + "mlp.up_proj", h, c.intermediateSize());
            for (int i = 0; i < gate.length; i++) {
                up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
            }
            add(x[t], project(prefix + "mlp.down_proj", up, c.hiddenSize()));
        }
    }

    private double[] attend(double[] q, double[][] k, double[][] v, int t) {
        int size = c.headSize();
        double[] out = new double[c.heads() * size];
        for (int head = 0; head < c.heads(); head++) {
            int shared = head / (c.heads() / c.kvHeads());
            double[] score = new double[t + 1];
            double top = Double.NEGATIVE_INFINITY;
            for (int s = 0; s <= t; s++) {
                for (int i = 0; i < size; i++) {
                    score[s] += q[head * size + i] * k[s][shared * size + i] / Math.sqrt(size);
                }
                top = Math.max(top, score[s]);
            }
            double total = 0;
            for (int s = 0; s <= t; s++) {
                score[s] = Math.exp(score[s] - top);
                total += score[s];
            }
            for (int s = 0; s <= t; s++) {
                for (int i = 0; i < size; i++) {
                    out[head * size + i] += score[s] / total * v[s][shared * size + i];
                }
            }
        }
        return out;
    }

    private double[] rotate(double[] x, int heads, int position) {
        int half = c.headSize() / 2;
        double[] out = new double[x.length];
        for (int head = 0; head < heads; head++) {
            int at = head * c.headSize();
            for (int i = 0; i < half; i++) {
                double cos = Math.cos(position * frequencies[i]);
                double sin = Math.sin(position * frequencies[i]);
                out[at + i] = x[at + i] * cos - x[at + half + i] * sin;
                out[at + half + i] = x[at + half + i] * cos + x[at + i] * sin;
            }
        }
        return out;
    }

    private double[] project(String name, double[] x, int out) {
        return apply(weight(name + ".weight"), weights.get(name + ".bias"), x, out);
    }

    private static double[] apply(double[] w, double @Nullable [] b, double[] x, int out) {
        double[] y = new double[out];
        for (int o = 0; o < out; o++) {
            y[o] = b == null ? 0 : b[o];
            for (int i = 0; i < x.length; i++) {
                y[o] += w[o * x.length + i] * x[i];
            }
        }
        return y;
    }

    private double[] norm(double[] x, double[] weight) {
        double square = 0;
        for (double value : x) {
            square += value * value / x.length;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] / Math.sqrt(square + c.normEpsilon()) * weight[i];
        }
        return y;
    }

    private static double[] row(double[] matrix, int row, int width) {
        double[] out = new double[width];
        System.arraycopy(matrix, row * width, out, 0, width);
        return out;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }
}
