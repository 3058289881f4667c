package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Tensors;

/** One weight of a transformer: its name in a checkpoint and its shape; a weight that a model lacks has length 0. */
record WeightShape(String name, Shape shape) {

    private WeightShape(String name, long... dimensions) {
        this(name, new Shape(dimensions));
    }

    /** The weights of a model in the order in which the scripts read them. */
    static List<WeightShape> all(TransformerConfig c) {
        List<WeightShape> all = new ArrayList<>();
        all.add(new WeightShape("model.embed_tokens.weight", c.vocabSize(), c.hiddenSize()));
        all.add(new WeightShape("model.norm.weight", c.hiddenSize()));
        all.add(
                c.tiedHead()
                        ? new WeightShape("lm_head.weight", 0)
                        : new WeightShape("lm_head.weight", c.vocabSize(), c.hiddenSize()));
        for (int layer = 0; layer < c.layers(); layer++) {
            for (String part : TransformerScripts.PER_LAYER) {
                all.add(new WeightShape("model.layers." + layer + "." + part, shapeOf(part, c)));
            }
        }
        return all;
    }

    private static long[] shapeOf(String part, TransformerConfig c) {
        long width = c.hiddenSize();
        long queries = (long) c.heads() * c.headSize();
        long keys = (long) c.kvHeads() * c.headSize();
        return switch (part) {
            case "self_attn.q_proj.weight" -> new long[] {queries, width};
            case "self_attn.k_proj.weight", "self_attn.v_proj.weight" -> new long[] {keys, width};
            case "self_attn.o_proj.weight" -> new long[] {width, queries};
            case "self_attn.q_proj.bias" -> new long[] {c.attentionBias() ? queries : 0};
            case "self_attn.k_proj.bias", "self_attn.v_proj.bias" -> new long[] {c.attentionBias() ? keys : 0};
            case "self_attn.o_proj.bias" -> new long[] {c.outputBias() ? width : 0};
            case "mlp.gate_proj.bias", "mlp.up_proj.bias" ->
                new long[] {c.feedForwardBias() ? c.intermediateSize() : 0};
            case "mlp.down_proj.bias" -> new long[] {c.feedForwardBias() ? width : 0};
            case "mlp.gate_proj.weight", "mlp.up_proj.weight" -> new long[] {c.intermediateSize(), width};
            case "mlp.down_proj.weight" -> new long[] {width, c.intermediateSize()};
            default -> new long[] {width}; // norms
        };
    }

    /** Whether this matrix writes into the residual stream. */
    boolean endsBlock() {
        return name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
    }

    /** Whether a model of this shape has the weight at all. */
    boolean isPresent() {
        return shape.size() > 0;
    }

    /** The weight before training: ones for norms, zeros for biases, normal numbers for matrices. */
    NDArray initial(NDManager manager, RandomGenerator random, double deviation) {
        float[] values = new float[Math.toIntExact(shape.size())];
        if (name.endsWith("norm.weight")) {
            Arrays.fill(values, 1);
        } else if (!name.endsWith(".bias")) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return Tensors.create(manager, values, shape.getShape());
    }
}
