package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** Cosines and sines of rotary positions. */
record Positions(NDArray cos, NDArray sin) {

    private static final Script TURNS = Script.of("""
            def turns(self, angles: Tensor, turned: int, still: int, double: bool) -> Tensor:
              type = 6
              if double:
                type = 7
              turn = torch.complex(torch.to(torch.cos(angles), type), torch.to(torch.sin(angles), type))
              rest = torch.narrow(torch.ones_like(turn), 2, 0, 1)
              return torch.cat([torch.expand(turn, [-1, -1, turned, -1]), torch.expand(rest, [-1, -1, still, -1])], 2)
            """);

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

    /**
     * Rotations of B rows of {@code length} columns whose first token stands at its own column, as complex numbers
     * cos + i sin: (B,length,heads+2kvHeads,headSize/2), for queries, keys and values; values are not turned.
     */
    static NDArray turns(int[] firstColumn, int length, TransformerConfig config, NDManager manager, DataType type) {
        double[] frequencies = config.rope().frequencies(config.headSize(), length);
        double[] angles = new double[firstColumn.length * length * frequencies.length];
        int k = 0;
        for (int first : firstColumn) {
            for (int column = 0; column < length; column++) {
                int position = Math.max(0, column - first);
                for (double frequency : frequencies) {
                    angles[k++] = position * frequency;
                }
            }
        }
        NDArray table =
                Tensors.create(manager, angles, DataType.FLOAT64, firstColumn.length, length, 1, frequencies.length);
        return TURNS.call(
                table, (long) config.heads() + config.kvHeads(), (long) config.kvHeads(), type == DataType.FLOAT64);
    }
}
