package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Log-probabilities of normally distributed numbers: steps of a diffusion, continuous actions.
 *
 * <pre>{@code
 * var samples = nd.create(new float[] {0, 0, 2, 0}, new Shape(1, 2, 2));
 * var means = nd.zeros(new Shape(1, 2, 2));
 * GaussianLogProbs.of(samples, means, nd.create(new float[] {1, 2})) // -log 2 pi, and 0.5 + 2 log 2 less
 * // => ND: (1, 2) cpu() float32 [[-1.8379, -3.7242]]
 * }</pre>
 */
public final class GaussianLogProbs {

    private static final Script LOGPS = Script.of("""
            def logps(self, x: Tensor, mean: Tensor, sigma: Tensor) -> Tensor:
              d = torch.sub(x, mean)
              s = torch.type_as(sigma, x)
              squares = torch.sum(torch.mul(d, d), [-1]) / (2. * s * s)
              return -squares - torch.size(x, -1) * (torch.log(s) + 0.9189385332046727)
            """);

    private GaussianLogProbs() {}

    /**
     * The log-density of each step under a normal distribution with the same spread in all D dimensions, {@code -||x -
     * mean||^2 / (2 sigma^2) - D log sigma - (D/2) log 2 pi}.
     *
     * <p>What the policy gradient of a denoising model is taken of: Black et al. 2024 (DDPO), eq. 4.
     *
     * @param samples where each of H steps of B trajectories led to (B,H,D), differentiable
     * @param means where the model expected it to lead (B,H,D), differentiable
     * @param sigmas of each step (H), above 0
     * @return (B,H)
     * @throws IllegalArgumentException for other shapes, an empty batch, NaN, sigmas that are not finite and above 0
     */
    public static NDArray of(NDArray samples, NDArray means, NDArray sigmas) {
        Check.rank("samples", samples, 3);
        Check.floating("samples", samples);
        Check.sameShape("means", means, "samples", samples);
        Check.shape("sigmas", sigmas, samples.getShape().get(1));
        ValueCheck.of()
                .noNaN("samples", samples)
                .noNaN("means", means)
                .within("sigmas", sigmas, Double.MIN_VALUE, Double.MAX_VALUE)
                .run();
        return LOGPS.call(samples, means, sigmas);
    }
}
