/**
 * Models that one can learn with in a minute, and weights that were trained elsewhere, in the same classes.
 *
 * <table>
 * <caption>Language models</caption>
 * <tr><th>class</th><th>is</th></tr>
 * <tr><td>{@link org.rewardlab.lab.model.CausalLm}</td><td>a causal transformer of the Llama and Qwen2 family, with low-rank adapters ({@link org.rewardlab.lab.model.LoraConfig}) and copies that share nothing</td></tr>
 * <tr><td>{@link org.rewardlab.lab.model.Decoder}</td><td>the same, token by token with its keys and values kept</td></tr>
 * <tr><td>{@link org.rewardlab.lab.model.ValueModel}</td><td>its hidden states with one number each: a critic or a reward model</td></tr>
 * <tr><td>{@link org.rewardlab.lab.model.Pretrained}</td><td>a Hugging Face folder: weights, tokenizer and {@link org.rewardlab.lab.model.ChatTemplate}</td></tr>
 * <tr><td>{@link org.rewardlab.lab.model.CharTokenizer}, {@link org.rewardlab.lab.model.WordTokenizer}, {@link org.rewardlab.lab.model.PretrainedTokenizer}</td><td>text to tokens and back</td></tr>
 * <tr><td>{@link org.rewardlab.lab.model.SequenceBatch}</td><td>prompts with responses as a model reads them</td></tr>
 * <tr><td>{@link org.rewardlab.lab.model.SoftmaxTable}</td><td>a policy small enough to print</td></tr>
 * </table>
 *
 * <table>
 * <caption>Reward models on text features</caption>
 * <tr><th>class</th><th>is</th></tr>
 * <tr><td>{@link org.rewardlab.lab.model.TextRewardModel}</td><td>a weighted sum of features, or such sums through a hidden layer: trains in a second</td></tr>
 * <tr><td>{@link org.rewardlab.lab.model.HashedText}</td><td>word n-grams and measures of style</td></tr>
 * <tr><td>{@link org.rewardlab.lab.model.StyleAlone}</td><td>measures of style alone: what has to be beaten</td></tr>
 * </table>
 *
 * <p>Weights are read from and written to {@link org.rewardlab.lab.model.Safetensors}, never from a format that can carry code. A
 * model owns native memory: {@code close()} gives it back at once, the notebook gives it back when no variable reaches it.
 */
@NullMarked
package org.rewardlab.lab.model;

import org.jspecify.annotations.NullMarked;
