package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam with decoupled weight decay, as PyTorch computes it, all parameters in one fused call. Loshchilov and Hutter
 * 2019, algorithm 2.
 *
 * <p>{@code p *= 1 - lr decay; m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; p -= lr mHat / (sqrt(vHat) + epsilon)} with
 * {@code mHat = m / (1 - b1^t)} and {@code vHat = v / (1 - b2^t)}. With decay 0 it is Adam, with both betas 0 as well a
 * sign of the gradient. A parameter that no backward pass has reached is left alone.
 *
 * <pre>{@code
 * AdamW.Moments moments = adamW.initial(parameters);                       // before the loop, outside scopes
 * moments = adamW.withLearningRate(rate(step)).step(parameters, moments);  // in the loop
 * }</pre>
 *
 * <pre>{@code
 * var parameters = Parameters.create();
 * var weight = parameters.add("weight", nd.create(new float[] {1, 1}));
 * var adamW = new AdamW(0.1);
 * Gradients.backward(Gradients.record(() -> weight.mul(weight).sum()));
 * adamW.step(parameters.list(), adamW.initial(parameters.list())).steps()
 * // => 1
 * weight                                     // the first step is the step size
 * // => ND: (2) cpu() float32 hasGradient [0.9, 0.9]
 * parameters.close();
 * }</pre>
 *
 * @param learningRate step size lr, at least 0
 * @param beta1 how long gradients are remembered, in [0, 1)
 * @param beta2 how long their squares are, in [0, 1)
 * @param epsilon added to the root, at least 0
 * @param weightDecay share of a parameter that goes at each step, times the step size, at least 0
 */
public record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements Serializable {

    private static final Script STEP = Script.of("""
            def step(self, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: float, lr: float, b1: float, b2: float, eps: float, decay: float) -> Tensor:
              steps = annotate(List[Tensor], [])
              now = torch.new_full(p[0], [], t, dtype=6)
              for i in range(len(p)):
                steps.append(now)
              none = annotate(List[Tensor], [])
              torch._fused_adamw_(p, g, m, v, none, steps, lr=lr, beta1=b1, beta2=b2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
              return now
            """);

    public AdamW {
        Check.notNegative("learningRate", learningRate);
        Check.withinHalfOpen("beta1", beta1, 0, 1);
        Check.withinHalfOpen("beta2", beta2, 0, 1);
        Check.notNegative("epsilon", epsilon);
        Check.notNegative("weightDecay", weightDecay);
    }

    /** With betas 0.9 and 0.999, epsilon 1e-8 and no decay. */
    public AdamW(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8, 0);
    }

    /** The same with another step size: what a schedule changes. */
    public AdamW withLearningRate(double rate) {
        return new AdamW(rate, beta1, beta2, epsilon, weightDecay);
    }

    /** The same with another weight decay. */
    public AdamW withWeightDecay(double decay) {
        return new AdamW(learningRate, beta1, beta2, epsilon, decay);
    }

    /**
     * What Adam remembers: running means of gradients and of their squares, one of each for every parameter.
     *
     * <p>The arrays live in the managers of their parameters and are updated in place; with the count they are all that
     * a resumed run needs.
     *
     * @param first means of gradients
     * @param second means of their squares
     * @param steps how many steps were made
     */
    public record Moments(List<NDArray> first, List<NDArray> second, long steps) implements AutoCloseable {
        public Moments {
            first = List.copyOf(first);
            second = List.copyOf(second);
            Check.atLeast("steps", steps, 0);
        }

        @Override
        public void close() {
            first.forEach(NDArray::close);
            second.forEach(NDArray::close);
        }
    }

    /** No memory yet: zeros that no scope frees. */
    public Moments initial(List<NDArray> parameters) {
        return new Moments(zeros(parameters), zeros(parameters), 0);
    }

    private static List<NDArray> zeros(List<NDArray> parameters) {
        List<NDArray> zeros = new ArrayList<>();
        for (NDArray parameter : parameters) {
            NDArray moment =
                    parameter.getManager().zeros(parameter.getShape(), parameter.getDataType(), parameter.getDevice());
            NDScope.unregister(moment);
            zeros.add(moment);
        }
        return zeros;
    }

    /**
     * Moves parameters against the gradients they have gathered; the gradients stay.
     *
     * @param parameters leaves on one device, changed in place
     * @param moments of the step before, of these parameters, changed in place
     * @return the same arrays, one step later
     */
    public Moments step(List<NDArray> parameters, Moments moments) {
        if (moments.first.size() != parameters.size()) {
            throw Check.failure(
                    "moments", "one for each of " + parameters.size() + " parameters", moments.first.size());
        }
        List<NDArray> p = new ArrayList<>();
        List<NDArray> g = new ArrayList<>();
        List<NDArray> m = new ArrayList<>();
        List<NDArray> v = new ArrayList<>();
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            for (int i = 0; i < parameters.size(); i++) {
                NDArray gradient = JniUtils.getGradient((PtNDArray) parameters.get(i));
                if (gradient != null) {
                    p.add(parameters.get(i));
                    g.add(gradient);
                    m.add(moments.first.get(i));
                    v.add(moments.second.get(i));
                }
            }
            if (!p.isEmpty()) {
                STEP.call(
                        array(p),
                        array(g),
                        array(m),
                        array(v),
                        moments.steps + 1.0,
                        learningRate,
                        beta1,
                        beta2,
                        epsilon,
                        weightDecay);
            }
        }
        return new Moments(moments.first, moments.second, moments.steps + 1);
    }

    private static NDArray[] array(List<NDArray> list) {
        return list.toArray(NDArray[]::new);
    }
}
