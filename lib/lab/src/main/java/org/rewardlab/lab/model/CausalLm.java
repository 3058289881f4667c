package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LogProbs;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * A causal transformer of the Llama and Qwen2 family: RMSNorm, rotary positions, grouped-query attention, SwiGLU.
 *
 * <p>One class serves models that learn in a minute and weights that were trained elsewhere. Parameters live in a manager of
 * the model's own until it is closed or nothing reaches it any more; results belong to the manager of the ids.
 */
public final class CausalLm implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();

    private static final int FIRST_POSITIONS = 256;

    private static final Script ONLY_COUNTED = Script.of("""
            def counted(self, x: Tensor, mask: Tensor) -> Tensor:
              return torch.where(torch.ne(mask, 0), x, torch.zeros_like(x))
            """);

    private final TransformerConfig config;
    private final NDManager manager;
    private final List<NDArray> weights;
    private final NDArray everything;
    private Positions positions;
    private final Cleaner.Cleanable release;
    private @Nullable Lora lora;

    CausalLm(TransformerConfig config, NDManager manager, List<NDArray> weights) {
        this.config = config;
        this.manager = manager;
        this.weights = List.copyOf(weights);
        DataType type = weights.get(0).getDataType();
        this.positions = Positions.upTo(Math.min(FIRST_POSITIONS, config.maxPositions()), 1, config, manager, type);
        this.everything = Tensors.create(manager, new float[0], 0);
        this.release = CLEANER.register(this, manager::close);
        setTrainable(true);
        manager.getManagedArrays().forEach(NDScope::unregister);
    }

    /** A model with random weights: normal with standard deviation 0.02, the last matrices of a block scaled down by depth. */
    public static CausalLm create(TransformerConfig config, long seed) {
        NDManager manager = newManager();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double residual = 0.02 / Math.sqrt(2.0 * config.layers());
        List<NDArray> weights = new ArrayList<>();
        for (WeightShape shape : WeightShape.all(config)) {
            double deviation = shape.endsBlock() ? residual : 0.02;
            weights.add(shape.initial(manager, random, deviation));
        }
        return new CausalLm(config, manager, weights);
    }

    /**
     * Reads a model of the Llama and Qwen2 family from a folder as Hugging Face writes it: {@code config.json} and weights in
     * {@code model.safetensors}, in one file or several with an index.
     *
     * <p>Half precision becomes float32. Biases, rope scaling (linear, llama3, dynamic) and tied heads are what the config says.
     *
     * @throws CheckpointException for another kind of model, missing, superfluous or misshapen weights
     */
    public static CausalLm load(Path folder) {
        return CausalLmFiles.load(folder);
    }

    /** {@link #save(Path, RawType, long)} in full precision, in files of at most 4 GB. */
    public void save(Path folder) {
        save(folder, RawType.F32, 4_000_000_000L);
    }

    /**
     * Writes the model as {@link #load} and Hugging Face's libraries read it.
     *
     * @param folder one that does not exist or is empty; it appears whole or not at all
     * @param floats F32, F16 or BF16
     * @param shardBytes most bytes of one file; a smaller model goes into one file without an index
     * @throws IllegalStateException for a model with adapters: merge them first
     */
    public void save(Path folder, RawType floats, long shardBytes) {
        if (lora != null) {
            throw new IllegalStateException("lora: expected merged adapters (mergeLora()), got " + lora.config());
        }
        CausalLmFiles.save(this, folder, floats, shardBytes);
    }

    static NDManager newManager() {
        NDManager manager = NDManager.newBaseManager();
        manager.setName("CausalLm");
        return manager;
    }

    /** The shape of the model. */
    public TransformerConfig config() {
        return config;
    }

    /** What training changes: all weights, or those of the adapters where there are any. */
    public List<NDArray> parameters() {
        Lora adapters = lora;
        return adapters == null
                ? weights.stream().filter(weight -> weight.size() > 0).toList()
                : adapters.parameters();
    }

    /** All weights of the base model by Hugging Face's names. */
    public Map<String, NDArray> namedWeights() {
        Map<String, NDArray> named = new TreeMap<>();
        List<WeightShape> shapes = WeightShape.all(config);
        for (int i = 0; i < shapes.size(); i++) {
            if (weights.get(i).size() > 0) {
                named.put(shapes.get(i).name(), weights.get(i));
            }
        }
        return named;
    }

    /** The weight of that name in a checkpoint; rejects one that the model does not have. */
    public NDArray weight(String name) {
        NDArray weight = namedWeights().get(name);
        if (weight == null) {
            throw Check.failure("name", "one of " + namedWeights().keySet(), name);
        }
        return weight;
    }

    /** Whether operations on this model's parameters are recorded for differentiation. */
    public CausalLm setTrainable(boolean trainable) {
        parameters().forEach(parameter -> parameter.setRequiresGradient(trainable));
        return this;
    }

    /** A frozen copy that shares nothing with this model: a reference policy, adapters included. */
    public CausalLm copy() {
        try (GradientMode mode = GradientMode.paused()) {
            NDManager own = newManager();
            List<NDArray> copies = new ArrayList<>();
            for (NDArray weight : weights) {
                NDArray copy = weight.duplicate();
                copy.attach(own);
                copies.add(copy);
            }
            CausalLm model = new CausalLm(config, own, copies);
            if (lora != null) {
                model.lora = lora.copy(own);
            }
            return model.setTrainable(false);
        }
    }

    /** Adds low-rank adapters and freezes the base: from now on only they are trained. */
    public CausalLm withLora(LoraConfig adapters, long seed) {
        if (lora != null) {
            throw new IllegalStateException("lora: expected a model without adapters, got one with " + lora.config());
        }
        setTrainable(false);
        lora = Lora.create(adapters, config, manager, weights.get(0).getDataType(), seed);
        return setTrainable(true);
    }

    /** Adds the adapters into the base weights and drops them; the model computes what it did before. */
    public CausalLm mergeLora() {
        Lora adapters = lora;
        if (adapters != null) {
            try (GradientMode mode = GradientMode.paused();
                    Scope scope = Scope.open()) {
                adapters.mergeInto(weights);
            }
            lora = null;
            adapters.close();
            setTrainable(true);
        }
        return this;
    }

    /**
     * The last hidden states, after the final norm.
     *
     * @param ids token ids (B,T), int64, padded on the right
     * @return (B,T,D)
     */
    public NDArray hidden(NDArray ids) {
        Check.matrix("ids", ids);
        long length = ids.getShape().get(1);
        if (length > config.maxPositions()) {
            throw Check.failure("ids", "at most " + config.maxPositions() + " tokens a row", length);
        }
        try (Scope scope = Scope.open()) {
            Positions turns = positions((int) length);
            NDArray cos = turns.cos().get("0:" + length);
            NDArray sin = turns.sin().get("0:" + length);
            NDArray hidden = TransformerScripts.HIDDEN.call(
                    ids,
                    cos,
                    sin,
                    everything,
                    weightArray(),
                    loraArray(),
                    loraScale(),
                    (long) config.layers(),
                    (long) config.heads(),
                    (long) config.kvHeads(),
                    config.normEpsilon());
            return scope.keep(hidden);
        }
    }

    /** Rotations of at least that many positions: a table that grows, or one of its own where the base depends on length. */
    private synchronized Positions positions(int length) {
        Rope.Dynamic dynamic = config.rope().dynamic();
        if (dynamic != null && length > dynamic.originalMaxPositions()) {
            return Positions.upTo(length, length, config, everything.getManager(), dataType());
        }
        int held = (int) positions.cos().getShape().get(0);
        if (held < length) {
            int grown = Math.min(config.maxPositions(), Math.max(length, 2 * held));
            positions = Positions.upTo(grown, 1, config, manager, dataType());
            NDScope.unregister(positions.cos(), positions.sin());
        }
        return positions;
    }

    /** Logits (B,T,V): those at position t are for the token at t+1. */
    public NDArray logits(NDArray ids) {
        try (Scope scope = Scope.open()) {
            return scope.keep(TransformerScripts.HEAD.call(hidden(ids), weightArray()));
        }
    }

    /**
     * The log-probability of each token given those before it.
     *
     * @param ids token ids (B,T), padded on the right
     * @return (B,T-1): position t scores the token at t+1
     */
    public NDArray logps(NDArray ids) {
        return logps(ids, 1);
    }

    /** {@link #logps(NDArray)} of the distribution at a temperature. */
    public NDArray logps(NDArray ids, double temperature) {
        long length = Check.matrix("ids", ids).getShape().get(1);
        if (length < 2) {
            throw Check.failure("ids", "at least 2 tokens a row", length);
        }
        try (Scope scope = Scope.open()) {
            NDArray inputs = ids.get(":, 0:" + (length - 1));
            NDArray targets = ids.get(":, 1:");
            return scope.keep(LogProbs.fromLogits(logits(inputs), targets, temperature));
        }
    }

    /**
     * The log-probability of each response token.
     *
     * <p>The head is applied where responses are scored and nowhere else, which saves most of it after long prompts.
     *
     * @return (B,T), 0 outside the mask
     */
    public NDArray responseLogps(SequenceBatch batch, double temperature) {
        try (Scope scope = Scope.open()) {
            NDArray logits = responseLogits(batch);
            NDArray logps = LogProbs.fromLogits(logits, batch.responseIds(), temperature);
            return scope.keep(ONLY_COUNTED.call(logps, batch.mask()));
        }
    }

    /** The logits (B,T,V) that score the response tokens. */
    public NDArray responseLogits(SequenceBatch batch) {
        try (Scope scope = Scope.open()) {
            NDArray states = batch.atResponses(hidden(batch.ids()));
            return scope.keep(TransformerScripts.HEAD.call(states, weightArray()));
        }
    }

    NDArray[] weightArray() {
        return weights.toArray(NDArray[]::new);
    }

    NDArray[] loraArray() {
        Lora adapters = lora;
        return adapters == null ? new NDArray[0] : adapters.pairs();
    }

    double loraScale() {
        Lora adapters = lora;
        return adapters == null ? 1 : adapters.config().scale();
    }

    NDManager manager() {
        return manager;
    }

    /** The type of the weights. */
    public DataType dataType() {
        return weights.get(0).getDataType();
    }

    @Override
    public void close() {
        release.clean();
    }

    @Override
    public String toString() {
        return "CausalLm(" + config.layers() + " layers, width " + config.hiddenSize() + ", " + config.heads()
                + " heads, " + config.vocabSize() + " tokens, " + config.parameterCount() + " parameters"
                + (lora == null ? ")" : ", " + lora.config() + ")");
    }
}
