package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/**
 * Continues a batch of prompts token by token, remembering keys and values of what it has read.
 *
 * <p>Prompts of different lengths are aligned at their ends. Holds native memory until closed.
 */
public final class Decoder implements AutoCloseable {

    /**
     * What is done to logits before a token is drawn.
     *
     * @param temperature 0 takes the likeliest
     * @param topK 0 for all
     * @param topP 1 for all
     * @param minP 0 for all
     * @param repetitionPenalty 1 for none
     * @param padToken what rows that have stopped are fed
     */
    public record Filters(
            double temperature, int topK, double topP, double minP, double repetitionPenalty, int padToken) {}

    /**
     * Tokens of one chunk.
     *
     * @param tokens (B,n)
     * @param logps their log-probabilities at the temperature (B,n)
     * @param entropies of the distributions (B,n)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Drawn(int[][] tokens, double[][] logps, double[][] entropies) {}

    /** Larger models are sampled with their weights as they are: a packed copy would double what they take. */
    private static final long PACKED_PARAMETERS = 50_000_000;

    private final CausalLm model;
    private final NDManager manager;
    private final NDArray[] caches;
    private final NDArray[] packed;
    private final NDArray turns;
    private final NDArray keep;
    private final boolean padded;
    private NDArray pending;
    private NDArray done;
    private final NDArray seen;
    private int column;
    private boolean finished;

    private Decoder(CausalLm model, List<int[]> prompts, int newTokens, boolean pack) {
        TransformerConfig config = model.config();
        this.model = model;
        this.manager = model.manager().newSubManager();
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
        int capacity = longest + newTokens;
        int rows = prompts.size();
        DataType type = model.dataType();
        long[] ids = new long[rows * longest];
        int[] first = new int[rows];
        double[] attended = new double[rows * capacity];
        float[] counts = new float[rows * config.vocabSize()];
        for (int b = 0; b < rows; b++) {
            int[] prompt = prompts.get(b);
            first[b] = longest - prompt.length;
            for (int i = 0; i < prompt.length; i++) {
                ids[b * longest + first[b] + i] = prompt[i];
                counts[b * config.vocabSize() + prompt[i]]++;
            }
            Arrays.fill(attended, b * capacity + first[b], (b + 1) * capacity, 1);
        }
        this.pending = Tensors.create(manager, ids, rows, longest);
        this.turns = Positions.turns(first, capacity, config, manager, type);
        this.padded = prompts.stream().anyMatch(prompt -> prompt.length < longest);
        NDArray numbers = Tensors.create(manager, attended, DataType.FLOAT32, rows, 1, 1, capacity);
        this.keep = numbers.toType(DataType.BOOLEAN, true);
        this.seen = Tensors.create(manager, counts, rows, config.vocabSize());
        this.done = manager.zeros(new Shape(rows, 1), DataType.BOOLEAN);
        this.caches = new NDArray[config.layers()];
        Shape cache = new Shape(rows, 2L * config.kvHeads(), capacity, config.headSize());
        for (int i = 0; i < caches.length; i++) {
            caches[i] = manager.zeros(cache, type);
        }
        this.packed = pack ? pack() : new NDArray[0];
        manager.getManagedArrays().forEach(NDScope::unregister);
    }

    private NDArray[] pack() {
        TransformerConfig config = model.config();
        NDArray[] matrices = SamplingScripts.PACK.callMany(
                model.weightArray(),
                model.loraArray(),
                model.loraScale(),
                (long) config.layers(),
                (long) config.heads(),
                (long) config.kvHeads());
        for (NDArray matrix : matrices) {
            matrix.attach(manager);
        }
        return matrices;
    }

    /**
     * Reads prompts, with room for new tokens.
     *
     * @throws IllegalArgumentException for an empty prompt, ids outside the vocabulary, or more positions than the model has
     */
    public static Decoder start(CausalLm model, List<int[]> prompts, int newTokens) {
        return start(model, prompts, newTokens, model.config().parameterCount() <= PACKED_PARAMETERS);
    }

    /** The same, with packed matrices or with the weights as they are. */
    static Decoder start(CausalLm model, List<int[]> prompts, int newTokens, boolean packed) {
        TransformerConfig config = model.config();
        for (int[] prompt : prompts) {
            if (prompt.length == 0) {
                throw Check.failure("prompts", "prompts of at least one token", "an empty one");
            }
            if (prompt.length + newTokens > config.maxPositions()) {
                throw Check.failure(
                        "prompts",
                        "at most " + (config.maxPositions() - newTokens) + " tokens, to leave room for " + newTokens,
                        prompt.length);
            }
            for (int id : prompt) {
                if (id < 0 || id >= config.vocabSize()) {
                    throw Check.failure("prompts", "token ids in [0, " + config.vocabSize() + ")", id);
                }
            }
        }
        try (GradientMode mode = GradientMode.paused()) {
            return new Decoder(model, prompts, newTokens, packed);
        }
    }

    /** Whether every row has drawn a stop token. */
    public boolean isDone() {
        return finished;
    }

    /** Draws up to n tokens for each row, one from each uniform number (B,n); fewer once all rows have stopped. */
    public Drawn next(double[][] uniform, Filters filters, List<Integer> stopTokens) {
        TransformerConfig config = model.config();
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray stops = Tensors.create(
                    manager, stopTokens.stream().mapToLong(Integer::longValue).toArray(), stopTokens.size());
            NDArray[] out = SamplingScripts.SAMPLE.callMany(
                    pending,
                    turns,
                    keep,
                    padded,
                    (long) column,
                    caches,
                    Tensors.fromRows(manager, uniform, model.dataType()),
                    done,
                    seen,
                    stops,
                    scalars(filters),
                    model.weightArray(),
                    packed,
                    model.loraArray(),
                    model.loraScale(),
                    (long) config.layers(),
                    (long) config.heads(),
                    (long) config.kvHeads(),
                    config.normEpsilon());
            int drawn = (int) out[0].getShape().get(1);
            column += (int) pending.getShape().get(1) + drawn - 1;
            pending.close();
            pending = scope.leaveToManager(
                    out[0].get(":, " + (drawn - 1) + ":" + drawn).duplicate());
            done.close();
            done = scope.leaveToManager(out[3]);
            finished = allTrue(done);
            return new Drawn(integers(out[0]), Tensors.toRows(out[1]), Tensors.toRows(out[2]));
        }
    }

    private NDArray[] scalars(Filters f) {
        double[] numbers = {f.temperature(), f.topK(), f.topP(), f.minP(), f.repetitionPenalty(), f.padToken()};
        List<NDArray> arrays = new ArrayList<>();
        for (double number : numbers) {
            arrays.add(Tensors.create(manager, new double[] {number}, DataType.FLOAT64));
        }
        return arrays.toArray(NDArray[]::new);
    }

    private static boolean allTrue(NDArray flags) {
        for (double flag : Tensors.toDoubles(flags)) {
            if (flag == 0) {
                return false;
            }
        }
        return true;
    }

    private static int[][] integers(NDArray matrix) {
        double[][] rows = Tensors.toRows(matrix);
        int[][] integers = new int[rows.length][];
        for (int b = 0; b < rows.length; b++) {
            integers[b] = new int[rows[b].length];
            for (int i = 0; i < rows[b].length; i++) {
                integers[b][i] = (int) rows[b][i];
            }
        }
        return integers;
    }

    @Override
    public void close() {
        manager.close();
    }
}
