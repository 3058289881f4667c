package org.rewardlab.lab.environment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Tensors;

/**
 * A language model that one can see through: the next token depends on the one before and on nothing else, by a table of
 * logits. What is true of it can be computed, and it trains in seconds.
 *
 * <p>Responses are token ids (B,T), int64; the first token follows token 0. Methods on tensors are differentiable with respect to
 * the logits.
 *
 * <pre>{@code
 * var lm = BigramLm.drawn(manager, 8, 1.0, random);
 * NDArray responses = lm.sample(64, 6, random);
 * NDArray logps = lm.logps(responses);             // (64,6)
 * }</pre>
 *
 * @param logits row p holds those of the token after p (V,V)
 */
public record BigramLm(NDArray logits) {
    public BigramLm {
        long[] shape = logits.getShape().getShape();
        if (shape.length != 2 || shape[0] != shape[1] || shape[0] == 0) {
            throw new IllegalArgumentException("logits: expected a square table (V,V), got shape " + logits.getShape());
        }
    }

    /**
     * A model with normally distributed logits, in float64.
     *
     * @param vocabulary V, at least 1
     * @param deviation of the logits
     */
    public static BigramLm drawn(NDManager manager, int vocabulary, double deviation, RandomGenerator random) {
        double[] numbers = new double[vocabulary * vocabulary];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = deviation * random.nextGaussian();
        }
        return new BigramLm(Tensors.create(manager, numbers, DataType.FLOAT64, vocabulary, vocabulary));
    }

    /** Log-probabilities of the tokens of responses (B,T), each given the one before. */
    public NDArray logps(NDArray responses) {
        return read(logits.logSoftmax(1), responses);
    }

    /** Logits of the distribution that each token was drawn from: (B,T) to (B,T,V). */
    public NDArray logits(NDArray responses) {
        long rows = responses.getShape().get(0);
        long tokens = responses.getShape().get(1);
        long size = logits.getShape().get(0);
        NDArray index = before(responses).reshape(rows * tokens, 1).repeat(1, size);
        return logits.gather(index, 0).reshape(rows, tokens, size);
    }

    /**
     * What a table says of each token given the one before, such as a reward of bigrams: (B,T).
     *
     * @param table row p holds the numbers of the token after p (V,V)
     */
    public static NDArray read(NDArray table, NDArray responses) {
        long size = table.getShape().get(0);
        NDArray place = before(responses).mul(size).add(responses);
        return table.reshape(size * size).gather(place.flatten(), 0).reshape(responses.getShape());
    }

    /**
     * Responses drawn token by token.
     *
     * @param count B
     * @param length T
     * @return token ids (B,T), int64
     */
    public NDArray sample(int count, int length, RandomGenerator random) {
        double[][] probabilities = Tensors.toRows(logits.softmax(1));
        long[] ids = new long[count * length];
        for (int i = 0; i < ids.length; i++) {
            double[] p = probabilities[i % length == 0 ? 0 : (int) ids[i - 1]];
            double left = random.nextDouble();
            int token = 0;
            while (token < p.length - 1 && (left -= p[token]) >= 0) {
                token++;
            }
            ids[i] = token;
        }
        return Tensors.create(logits.getManager(), ids, count, length);
    }

    private static NDArray before(NDArray responses) {
        long tokens = responses.getShape().get(1);
        NDArray start = responses.get(":, 0:1").zerosLike();
        return tokens == 1 ? start : start.concat(responses.get(":, 0:" + (tokens - 1)), 1);
    }
}
