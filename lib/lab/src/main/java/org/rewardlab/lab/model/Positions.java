package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.rewardlab.tensor.Tensors;

/** Cosines and sines of rotary positions. */
record Positions(NDArray cos, NDArray sin) {

    /** Positions 0..count-1 of a sequence of that length: each (count, headSize/2). */
    static Positions upTo(int count, int length, TransformerConfig config, NDManager manager, DataType type) {
        double[] frequencies = config.rope().frequencies(config.headSize(), length);
        double[] cos = new double[count * frequencies.length];
        double[] sin = new double[cos.length];
        for (int t = 0, k = 0; t < count; t++) {
            for (double frequency : frequencies) {
                cos[k] = Math.cos(t * frequency);
                sin[k++] = Math.sin(t * frequency);
            }
        }
        return new Positions(
                Tensors.create(manager, cos, type, count, frequencies.length),
                Tensors.create(manager, sin, type, count, frequencies.length));
    }

    /** Positions of B rows of {@code length} columns whose first token stands at its own column: each (B,1,length,headSize/2). */
    static Positions from(int[] firstColumn, int length, TransformerConfig config, NDManager manager, DataType type) {
        double[] frequencies = config.rope().frequencies(config.headSize(), length);
        double[] cos = new double[firstColumn.length * length * frequencies.length];
        double[] sin = new double[cos.length];
        int k = 0;
        for (int first : firstColumn) {
            for (int column = 0; column < length; column++) {
                int position = Math.max(0, column - first);
                for (double frequency : frequencies) {
                    cos[k] = Math.cos(position * frequency);
                    sin[k++] = Math.sin(position * frequency);
                }
            }
        }
        return new Positions(
                Tensors.create(manager, cos, type, firstColumn.length, 1, length, frequencies.length),
                Tensors.create(manager, sin, type, firstColumn.length, 1, length, frequencies.length));
    }
}
