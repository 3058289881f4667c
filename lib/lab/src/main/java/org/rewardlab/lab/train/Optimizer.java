package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.AdamW;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.GradientNorm;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** {@link AdamW} bound to the parameters of a run: clips, steps, forgets the gradients, and knows what a resumed run needs. */
final class Optimizer implements AutoCloseable {

    private static final Script LENGTH = Script.of("""
            def length(self, p: List[Tensor]) -> Tensor:
              return torch.norm(torch.stack(torch._foreach_norm(p, 2), 0))
            """);

    private final List<NDArray> parameters;
    private final AdamW adamW;
    private final int warmup;
    private AdamW.Moments moments;

    /**
     * @param parameters the leaves to train
     * @param learningRate the step size, above 0
     * @param weightDecay the share that parameters shrink by at each step, times the learning rate; at least 0
     */
    Optimizer(List<NDArray> parameters, double learningRate, double weightDecay) {
        this(parameters, learningRate, weightDecay, 0);
    }

    /**
     * @param warmup steps over which the step size rises from 0
     */
    Optimizer(List<NDArray> parameters, double learningRate, double weightDecay, int warmup) {
        Check.positive("learningRate", learningRate);
        this.parameters = List.copyOf(parameters);
        this.adamW = new AdamW(learningRate).withWeightDecay(weightDecay);
        this.warmup = warmup;
        this.moments = adamW.initial(parameters);
        forget();
    }

    /**
     * Moves the parameters against the gradients that they have gathered, and forgets those.
     *
     * @param clipNorm bound on the global norm of the gradients, which are scaled down together above it; 0 for none
     * @return the global norm before; where it is not finite nothing was moved
     */
    double step(double clipNorm) {
        double norm = clipNorm > 0 ? GradientNorm.clip(parameters, clipNorm) : GradientNorm.of(parameters);
        if (Double.isFinite(norm)) {
            moments = adamW.withLearningRate(learningRate()).step(parameters, moments);
        }
        forget();
        return norm;
    }

    /** The size of the step that comes next. */
    double learningRate() {
        return adamW.learningRate() * Math.min(1, (moments.steps() + 1.0) / Math.max(1, warmup));
    }

    /** Forgets the gradients: a run that ended between a backward pass and its step leaves none to the next. */
    void forget() {
        parameters.forEach(Gradients::zero);
    }

    /** The Euclidean length of all parameters together. */
    double parameterNorm() {
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            return Tensors.toDoubles(LENGTH.call((Object) parameters.toArray(NDArray[]::new)))[0];
        }
    }

    /** How many steps were made. */
    long steps() {
        return moments.steps();
    }

    /** Parameters and moments by name, as a checkpoint holds them. */
    Map<String, NDArray> arrays(String prefix) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        List<NDArray> all = everything();
        for (int i = 0; i < all.size(); i++) {
            named.put(name(prefix, i), all.get(i));
        }
        return named;
    }

    /** Takes parameters and moments from a checkpoint; the arrays stay, their numbers change. */
    void restore(String prefix, Map<String, NDArray> saved, long steps) {
        List<NDArray> all = everything();
        for (int i = 0; i < all.size(); i++) {
            Weights.overwrite(name(prefix, i), all.get(i), saved);
        }
        moments = new AdamW.Moments(moments.first(), moments.second(), steps);
        forget();
    }

    private List<NDArray> everything() {
        List<NDArray> all = new ArrayList<>(parameters);
        all.addAll(moments.first());
        all.addAll(moments.second());
        return all;
    }

    private String name(String prefix, int index) {
        String[] kinds = {"parameter", "first", "second"};
        return prefix + "." + kinds[index / parameters.size()] + "." + index % parameters.size();
    }

    @Override
    public void close() {
        moments.close();
    }
}
