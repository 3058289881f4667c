package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * Adam with decoupled weight decay. Loshchilov and Hutter 2019, algorithm 2, with beta 0.9 and 0.999 and epsilon 1e-8 added to the root after bias
 * correction.
 *
 * <p>The moments are made at once, in a manager of their own, and freed by {@link #close()}.
 */
public final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private static final Script UPDATE = Script.of("""
            def update(self, p: Tensor, g: Tensor, m: Tensor, v: Tensor, rate: float, decay: float, b1: float, b2: float, eps: float, t: float) -> Tensor:
              torch.mul_(p, 1. - rate * decay)
              torch.add_(torch.mul_(m, b1), torch.mul(g, 1. - b1))
              torch.add_(torch.mul_(v, b2), torch.mul(torch.square(g), 1. - b2))
              root = torch.add(torch.div(torch.sqrt(v), torch.sqrt(1. - torch.pow(b2, t))), eps)
              torch.sub_(p, torch.mul(torch.div(m, root), rate / (1. - torch.pow(b1, t))))
              return torch.stack([torch.sum(torch.square(g)), torch.sum(torch.square(p))], 0)
            """);

    /** PyTorch's clip_grad_norm_. */
    private static final Script CLIP = Script.of("""
            def clip(self, gradients: List[Tensor], bound: float) -> Tensor:
              norms = annotate(List[Tensor], [])
              for i in range(len(gradients)):
                norms.append(torch.norm(gradients[i]))
              total = torch.norm(torch.stack(norms, 0))
              scale = torch.clamp_max(torch.div(torch.reciprocal(torch.add(total, 1e-06)), 1. / bound), 1.)
              for i in range(len(gradients)):
                torch.mul_(gradients[i], scale)
              return total
            """);

    private final List<NDArray> parameters;
    private final double learningRate;
    private final double weightDecay;
    private final NDManager manager = NDManager.newBaseManager();
    private final List<NDArray> first;
    private final List<NDArray> second;
    private long steps;

    /**
     * @param parameters the leaves to train
     * @param learningRate the step size, above 0
     * @param weightDecay the share that parameters shrink by at each step, times the learning rate; at least 0
     */
    public AdamW(List<NDArray> parameters, double learningRate, double weightDecay) {
        Check.positive("learningRate", learningRate);
        Check.notNegative("weightDecay", weightDecay);
        this.parameters = List.copyOf(parameters);
        this.learningRate = learningRate;
        this.weightDecay = weightDecay;
        manager.setName("AdamW");
        this.first = parameters.stream().map(this::moment).toList();
        this.second = parameters.stream().map(this::moment).toList();
    }

    private NDArray moment(NDArray parameter) {
        NDArray zeros = manager.zeros(parameter.getShape(), parameter.getDataType(), parameter.getDevice());
        NDScope.unregister(zeros);
        return zeros;
    }

    /**
     * Moves the parameters against the gradients they have gathered, and forgets those.
     *
     * @return how large gradients and parameters were
     */
    public Norms step() {
        return step(0);
    }

    /**
     * {@link #step()} with gradients scaled down together where their global norm is above a bound.
     *
     * @param clipNorm the bound; 0 for none
     * @return the norm of the gradients before they were scaled, and that of the parameters
     */
    public Norms step(double clipNorm) {
        Check.notNegative("clipNorm", clipNorm);
        double before = clipNorm > 0 ? clip(clipNorm) : Double.NaN;
        steps++;
        double gradients = 0;
        double weights = 0;
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            for (int i = 0; i < parameters.size(); i++) {
                NDArray parameter = parameters.get(i);
                double[] squares = Tensors.toDoubles(UPDATE.call(
                        parameter,
                        Gradients.of(parameter),
                        first.get(i),
                        second.get(i),
                        learningRate,
                        weightDecay,
                        BETA1,
                        BETA2,
                        EPSILON,
                        (double) steps));
                Gradients.zero(parameter);
                gradients += squares[0];
                weights += squares[1];
            }
        }
        return new Norms(clipNorm > 0 ? before : Math.sqrt(gradients), Math.sqrt(weights));
    }

    private double clip(double bound) {
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            NDArray[] gradients = parameters.stream().map(Gradients::of).toArray(NDArray[]::new);
            return Tensors.toDoubles(CLIP.call(gradients, bound))[0];
        }
    }

    /**
     * Euclidean lengths over all parameters.
     *
     * @param gradients of the gradients that the step used
     * @param parameters of the parameters after it
     */
    public record Norms(double gradients, double parameters) {
        /** Whether both are numbers below infinity. */
        public boolean finite() {
            return Double.isFinite(gradients) && Double.isFinite(parameters);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
