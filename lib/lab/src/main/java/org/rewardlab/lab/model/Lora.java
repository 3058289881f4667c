package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** The adapters of one model: a pair (A, B) for each of seven matrices a layer, empty where there is none. */
final class Lora implements AutoCloseable {

    private static final Script MERGE = Script.of("""
            def merge(self, w: Tensor, a: Tensor, b: Tensor, scale: float) -> Tensor:
              return torch.add_(w, torch.mul(torch.matmul(b, a), scale))
            """);

    /** Where each adapted matrix stands among the weights of its layer. */
    private static final int[] PLACES = {1, 3, 5, 7, 9, 10, 11};

    private final LoraConfig config;
    private final List<NDArray> pairs;

    private Lora(LoraConfig config, List<NDArray> pairs) {
        this.config = config;
        this.pairs = pairs;
        pairs.forEach(NDScope::unregister);
    }

    static Lora create(LoraConfig lora, TransformerConfig model, NDManager manager, DataType type, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<WeightShape> shapes = WeightShape.all(model);
        List<NDArray> pairs = new ArrayList<>();
        for (int layer = 0; layer < model.layers(); layer++) {
            for (int i = 0; i < PLACES.length; i++) {
                boolean adapted = lora.targets().contains(TransformerScripts.ADAPTED[i]);
                WeightShape shape = shapes.get(place(layer, i));
                int in = (int) shape.shape().get(1);
                int out = (int) shape.shape().get(0);
                double[] a = new double[adapted ? lora.rank() * in : 0];
                double bound = Math.sqrt(3.0 / in);
                for (int k = 0; k < a.length; k++) {
                    a[k] = bound * (2 * random.nextDouble() - 1);
                }
                long rank = adapted ? lora.rank() : 0;
                pairs.add(Tensors.create(manager, a, type, rank, in));
                pairs.add(Tensors.create(manager, new double[(int) (out * rank)], type, out, rank));
            }
        }
        return new Lora(lora, pairs);
    }

    private static int place(int layer, int adapted) {
        return TransformerScripts.GLOBAL + layer * TransformerScripts.PER_LAYER.length + PLACES[adapted];
    }

    LoraConfig config() {
        return config;
    }

    NDArray[] pairs() {
        return pairs.toArray(NDArray[]::new);
    }

    List<NDArray> parameters() {
        return pairs.stream().filter(array -> array.size() > 0).toList();
    }

    Lora copy(NDManager manager) {
        List<NDArray> copies = new ArrayList<>();
        for (NDArray array : pairs) {
            NDArray copy = array.duplicate();
            copy.attach(manager);
            copies.add(copy);
        }
        return new Lora(config, copies);
    }

    void mergeInto(List<NDArray> weights) {
        int layers = pairs.size() / (2 * PLACES.length);
        for (int layer = 0; layer < layers; layer++) {
            for (int i = 0; i < PLACES.length; i++) {
                int k = 2 * (layer * PLACES.length + i);
                if (pairs.get(k).size() > 0) {
                    MERGE.call(weights.get(place(layer, i)), pairs.get(k), pairs.get(k + 1), config.scale());
                }
            }
        }
    }

    @Override
    public void close() {
        pairs.forEach(NDArray::close);
    }
}
