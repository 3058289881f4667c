package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * The loss of a flow network that learns where hidden states of good trajectories lie. Lipman et al. 2023, on straight paths; Zhang
 * et al. 2025 (RLFR).
 *
 * <p>{@code mean over counted tokens of mean_D (velocity - (a - e))^2}; gradient {@code 2 mask (velocity - u) / (D sum(mask))}.
 * {@code losses} (B,T) are those of single tokens, 0 outside the mask, where NaN counts in neither value nor gradient. Hidden
 * states and noise are constants.
 *
 * <pre>{@code
 * var shape = new Shape(1, 2, 2);
 * var flow = new FlowVelocities(
 *         nd.create(new float[] {1, 0, 3, 3}, shape),        // hidden states
 *         nd.create(new float[] {0, 0, 1, 1}, shape),        // noise: the velocity should be (1, 0), then (2, 2)
 *         nd.create(new float[][] {{0.5f, 0.5f}}),
 *         nd.create(new float[] {1, 1, 0, 0}, shape),        // predictions
 *         nd.create(new float[][] {{1, 0}}));                // mask
 * new FlowMatching().loss(flow).losses()
 * // => ND: (1, 2) cpu() float32 [[0.5, 0.]]
 * new FlowMatching().lossAndGradients(flow).of("velocity")
 * // => ND: (1, 2, 2) cpu() float32 [[[0., 1.], [0., 0.]]]
 * FlowMatching.errors(flow)                                  // outside the mask, too
 * // => ND: (1, 2) cpu() float32 [[0.5, 4.]]
 * }</pre>
 */
public record FlowMatching() implements RewardModelLoss<FlowVelocities> {

    private static final String SIGNATURE =
            "(self, velocity: Tensor, target: Tensor, noise: Tensor, mask: Tensor) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              wide = torch.unsqueeze(torch.ne(mask, 0), -1)
              error = velocity - torch.detach(torch.type_as(target, velocity) - torch.type_as(noise, velocity))
              error = torch.where(wide, error, torch.zeros_like(error))
              counted = torch.sum(torch.type_as(wide, velocity))
              losses = torch.mean(error * error, [-1])
              loss = torch.sum(losses) / counted
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, torch.reshape(counted, [1])]\n");

    private static final Script GRADIENTS = Script.of(
            "def gradients" + SIGNATURE + PRELUDE
                    + "  return [loss, losses, torch.reshape(counted, [1]), 2. * error / (counted * torch.size(velocity, 2))]\n");

    private static final Script ERRORS = Script.of("""
            def errors(self, velocity: Tensor, target: Tensor, noise: Tensor) -> Tensor:
              error = velocity - torch.detach(torch.type_as(target, velocity) - torch.type_as(noise, velocity))
              return torch.mean(error * error, [-1])
            """);

    @Override
    public LossOutput loss(FlowVelocities flow) {
        flow.check();
        return output(flow, LOSS.callMany(flow.velocity(), flow.target(), flow.noise(), flow.mask()));
    }

    /** {@inheritDoc} In closed form. */
    @Override
    public LossGradients lossAndGradients(FlowVelocities flow) {
        flow.check();
        NDArray[] results = GRADIENTS.callMany(flow.velocity(), flow.target(), flow.noise(), flow.mask());
        return new LossGradients(output(flow, results), Map.of("velocity", results[3]));
    }

    /**
     * The squared error of each token, {@code mean_D (velocity - (a - e))^2} (B,T), inside the mask and outside, differentiable
     * with respect to the velocity: what {@link FlowUpdate} weighs.
     */
    public static NDArray errors(FlowVelocities flow) {
        flow.check();
        return ERRORS.call(flow.velocity(), flow.target(), flow.noise());
    }

    private static LossOutput output(FlowVelocities flow, NDArray[] results) {
        try {
            ValueCheck.of().noNaN("velocity", results[1], flow.mask()).run();
        } catch (IllegalArgumentException e) {
            flow.checkNumbers();
            throw e;
        }
        return new LossOutput(results[0], results[1], new Metrics(List.of("tokens"), results[2]));
    }
}
