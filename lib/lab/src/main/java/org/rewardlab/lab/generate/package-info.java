/**
 * Sampling from language models: seeds, filters, stop tokens, and what the model said of each token it drew.
 *
 * <p>{@link org.rewardlab.lab.generate.Sampling} says how ({@code Sampling.of(64).temperature(0.8).topP(0.95)}),
 * {@link org.rewardlab.lab.generate.Sampler} does it for prompts of any lengths at once, and a
 * {@link org.rewardlab.lab.generate.Completion} holds tokens, log-probabilities and entropies as a fresh pass of the model would give
 * them. Every row draws from a stream of its own: what one prompt gets does not depend on its neighbours.
 */
@NullMarked
package org.rewardlab.lab.generate;

import org.jspecify.annotations.NullMarked;
