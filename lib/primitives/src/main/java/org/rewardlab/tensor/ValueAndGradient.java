package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/**
 * A value and the derivative of {@code sum(cotangent * value)} with respect to its input, both constant.
 *
 * @param value as without the gradient
 * @param gradient of the shape of the input
 */
public record ValueAndGradient(NDArray value, NDArray gradient) {}
