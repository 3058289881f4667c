/**
 * Models: a causal transformer with adapters ({@link org.rewardlab.lab.model.CausalLm}), Hugging Face folders with their tokenizers
 * and chat templates ({@link org.rewardlab.lab.model.Pretrained}), and reward models on text features ({@link
 * org.rewardlab.lab.model.TextRewardModel}).
 */
@NullMarked
package org.rewardlab.lab.model;

import org.jspecify.annotations.NullMarked;
