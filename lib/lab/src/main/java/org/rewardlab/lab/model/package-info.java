/**
 * Models: a causal transformer with adapters ({@link org.rewardlab.lab.model.CausalLm}), and reward models on text features
 * ({@link org.rewardlab.lab.model.TextRewardModel}).
 */
@NullMarked
package org.rewardlab.lab.model;

import org.jspecify.annotations.NullMarked;
