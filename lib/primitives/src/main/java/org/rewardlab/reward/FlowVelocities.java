package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * What a flow network predicts on the straight way from noise to hidden states.
 *
 * @param target hidden states a (B,T,D)
 * @param noise standard normal draws e (B,T,D)
 * @param times where on the way the network was asked, in (0, 1) on counted tokens (B,T)
 * @param velocity its predictions at {@link #interpolated} (B,T,D), differentiable
 * @param mask 1 on tokens that count (B,T)
 */
public record FlowVelocities(NDArray target, NDArray noise, NDArray times, NDArray velocity, NDArray mask)
        implements LossInput<FlowVelocities> {

    private static final Script INTERPOLATED = Script.of("""
            def interpolated(self, target: Tensor, noise: Tensor, times: Tensor) -> Tensor:
              t = torch.unsqueeze(torch.type_as(times, target), -1)
              return torch.add(torch.mul(t, target), torch.mul(torch.sub(torch.ones_like(t), t), noise))
            """);

    private static final Script DIFFERENCE = Script.of("""
            def difference(self, target: Tensor, noise: Tensor) -> Tensor:
              return torch.sub(target, noise)
            """);

    private static final Script COUNTED = Script.of("""
            def counted(self, times: Tensor, mask: Tensor) -> Tensor:
              return torch.where(torch.ne(mask, 0), times, torch.full_like(times, 0.5))
            """);

    /** {@code x_t = t a + (1 - t) e}, what the network is shown (B,T,D). */
    public static NDArray interpolated(NDArray target, NDArray noise, NDArray times) {
        Check.rank("target", target, 3);
        Check.floating("target", target);
        Check.sameShape("noise", noise, "target", target);
        Check.shape("times", times, target.getShape().get(0), target.getShape().get(1));
        return INTERPOLATED.call(target, noise, times);
    }

    /** {@code u = a - e}, what it should say (B,T,D). */
    public static NDArray targetVelocity(NDArray target, NDArray noise) {
        Check.floating("target", target);
        Check.sameShape("noise", noise, "target", target);
        return DIFFERENCE.call(target, noise);
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("velocity", velocity));
    }

    @Override
    public FlowVelocities withDifferentiable(List<NDArray> arrays) {
        return new FlowVelocities(target, noise, times, arrays.get(0), mask);
    }

    /** Rejects other shapes, an empty batch, a mask of other numbers or that counts nothing, NaN, times outside (0, 1). */
    void check() {
        Check.rank("target", target, 3);
        Check.floating("target", target);
        Check.sameShape("noise", noise, "target", target);
        Check.sameShape("velocity", velocity, "target", target);
        Check.floating("velocity", velocity);
        long rows = target.getShape().get(0);
        long tokens = target.getShape().get(1);
        Check.shape("times", times, rows, tokens);
        Check.shape("mask", mask, rows, tokens);
        ValueCheck.of().mask("mask", mask).run();
        try (NDArray counted = COUNTED.call(times, mask)) {
            for (double time : Tensors.toDoubles(counted)) {
                Check.strictlyWithin("times", time, 0, 1);
            }
        }
        if (Masked.count(mask) == 0) {
            throw Check.failure("mask", "a counted token", "none");
        }
    }

    /** Rejects NaN on counted tokens, wherever it stands. */
    void checkNumbers() {
        int[] features = {-1};
        try (Scope scope = Scope.open()) {
            ValueCheck.of()
                    .noNaN("velocity", velocity.sum(features), mask)
                    .noNaN("target", target.sum(features), mask)
                    .noNaN("noise", noise.sum(features), mask)
                    .run();
        }
    }
}
