package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * How far hidden states lie from where a flow network has learned that good ones lie: the error of its predicted velocity. Zhang
 * et al. 2025 (RLFR).
 *
 * <p>{@code (1/S) sum_s w_s mean_D (velocity_s - (a - e))^2} over S timesteps with the same noise. With one timestep the
 * weight is a common factor.
 *
 * @param timesteps where on the way the network was asked, each in (0, 1)
 * @param debias whether {@code w = t / (1 - t)}, else 1
 */
public record VelocityDeviation(List<Double> timesteps, boolean debias) implements Serializable {

    private static final Script SCORE = Script.of("""
            def score(self, velocity: Tensor, target: Tensor, noise: Tensor, weights: Tensor) -> Tensor:
              error = velocity - torch.unsqueeze(torch.type_as(target, velocity) - torch.type_as(noise, velocity), 0)
              each = torch.mean(error * error, [-1])
              return torch.mean(each * torch.reshape(weights, [-1, 1, 1]), [0])
            """);

    public VelocityDeviation {
        timesteps = List.copyOf(timesteps);
        if (timesteps.isEmpty()) {
            throw Check.failure("timesteps", "at least one", "none");
        }
        for (double time : timesteps) {
            Check.strictlyWithin("timesteps", time, 0, 1);
        }
    }

    /** At 0.8, weighted. */
    public VelocityDeviation() {
        this(List.of(0.8), true);
    }

    /**
     * The score of each token (B,T), a constant for differentiation.
     *
     * @param target hidden states a (B,T,D)
     * @param noise the draws e (B,T,D)
     * @param velocity predictions at each timestep (S,B,T,D)
     * @throws IllegalArgumentException for other shapes, an empty batch, another number of timesteps
     */
    public NDArray score(NDArray target, NDArray noise, NDArray velocity) {
        Check.rank("target", target, 3);
        Check.sameShape("noise", noise, "target", target);
        Check.floating("velocity", velocity);
        long[] shape = target.getShape().getShape();
        Check.shape("velocity", velocity, timesteps.size(), shape[0], shape[1], shape[2]);
        double[] weights =
                timesteps.stream().mapToDouble(t -> debias ? t / (1 - t) : 1).toArray();
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray weight = Tensors.create(velocity.getManager(), weights, velocity.getDataType(), weights.length);
            return scope.keep(SCORE.call(velocity, target, noise, weight));
        }
    }
}
