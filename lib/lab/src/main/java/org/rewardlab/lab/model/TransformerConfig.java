package org.rewardlab.lab.model;

import java.io.Serializable;
import org.rewardlab.tensor.Check;

/**
 * The shape of a causal transformer of the Llama and Qwen2 family, by the names of Hugging Face's {@code config.json}.
 *
 * @param vocabSize V, tokens of the vocabulary
 * @param hiddenSize D, width of the residual stream
 * @param layers blocks
 * @param heads query heads of each block
 * @param kvHeads key and value heads, a divisor of {@code heads}: grouped-query attention where it is smaller
 * @param headSize width of a head, even
 * @param intermediateSize width of the SwiGLU feed-forward layer
 * @param maxPositions longest sequence, prompt and completion together
 * @param rope how positions turn into rotations
 * @param normEpsilon added to the mean square in RMSNorm
 * @param attentionBias whether queries, keys and values have a bias (Qwen2, some Llama) or not (most Llama)
 * @param tiedHead whether the output head is the embedding
 * @param outputBias whether the output of attention has a bias too (Llama with {@code attention_bias})
 * @param feedForwardBias whether the feed-forward layer has biases (Llama with {@code mlp_bias})
 */
public record TransformerConfig(
        int vocabSize,
        int hiddenSize,
        int layers,
        int heads,
        int kvHeads,
        int headSize,
        int intermediateSize,
        int maxPositions,
        Rope rope,
        double normEpsilon,
        boolean attentionBias,
        boolean tiedHead,
        boolean outputBias,
        boolean feedForwardBias)
        implements Serializable {

    public TransformerConfig {
        Check.atLeast("vocabSize", vocabSize, 1);
        Check.atLeast("hiddenSize", hiddenSize, 1);
        Check.atLeast("layers", layers, 1);
        Check.atLeast("heads", heads, 1);
        Check.atLeast("intermediateSize", intermediateSize, 1);
        Check.atLeast("maxPositions", maxPositions, 1);
        if (kvHeads < 1 || heads % kvHeads != 0) {
            throw Check.failure("kvHeads", "a divisor of heads " + heads, kvHeads);
        }
        if (headSize < 2 || headSize % 2 != 0) {
            throw Check.failure("headSize", "an even number of at least 2", headSize);
        }
        Check.positive("normEpsilon", normEpsilon);
    }

    /** A model that learns in seconds: 2 layers of width 64 with 4 heads, tied. */
    public static TransformerConfig tiny(int vocabSize, int maxPositions) {
        return of(vocabSize, 64, 2, 4, maxPositions);
    }

    /** A model that learns in minutes: 4 layers of width 128 with 4 heads, tied. */
    public static TransformerConfig small(int vocabSize, int maxPositions) {
        return of(vocabSize, 128, 4, 4, maxPositions);
    }

    /** A tied model without biases or grouped queries, with a feed-forward layer of 8/3 of the width. */
    public static TransformerConfig of(int vocabSize, int hiddenSize, int layers, int heads, int maxPositions) {
        if (hiddenSize % heads != 0) {
            throw Check.failure("heads", "a divisor of hiddenSize " + hiddenSize, heads);
        }
        int feedForward = (hiddenSize * 8 / 3 + 15) / 16 * 16;
        return new TransformerConfig(
                vocabSize,
                hiddenSize,
                layers,
                heads,
                heads,
                hiddenSize / heads,
                feedForward,
                maxPositions,
                Rope.plain(10_000),
                1e-5,
                false,
                true,
                false,
                false);
    }

    /** The same shape with fewer key and value heads. */
    public TransformerConfig withKvHeads(int count) {
        return new TransformerConfig(
                vocabSize,
                hiddenSize,
                layers,
                heads,
                count,
                headSize,
                intermediateSize,
                maxPositions,
                rope,
                normEpsilon,
                attentionBias,
                tiedHead,
                outputBias,
                feedForwardBias);
    }

    /** How many numbers a model of this shape learns. */
    public long parameterCount() {
        long attention = (long) hiddenSize * headSize * (2L * heads + 2L * kvHeads);
        long bias = attentionBias ? (long) headSize * (heads + 2L * kvHeads) : 0;
        bias += (outputBias ? hiddenSize : 0) + (feedForwardBias ? 2L * intermediateSize + hiddenSize : 0);
        long block = attention + bias + 3L * hiddenSize * intermediateSize + 2L * hiddenSize;
        return (long) vocabSize * hiddenSize * (tiedHead ? 1 : 2) + layers * block + hiddenSize;
    }
}
