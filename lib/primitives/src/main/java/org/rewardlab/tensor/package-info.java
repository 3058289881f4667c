/**
 * The ground that every primitive stands on: arrays, formulas, gradients, native memory, checks, and operations on
 * masked tokens.
 *
 * <p>Shapes: B sequences, T tokens, V vocabulary; batch first, time second. Position t of an array belongs to token t.
 * A mask is 1 on the tokens that count. Everything runs in float32 and float64, on the device of its inputs.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><th>class</th><th>is for</th></tr>
 * <tr><td>{@link org.rewardlab.tensor.Tensors}</td><td>arrays from Java numbers and back</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.Script}</td><td>a formula as one differentiable native call</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.Gradients}, {@link org.rewardlab.tensor.GradientMode}</td>
 *     <td>differentiation, on any number of threads</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.Scope}</td><td>freeing native memory</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.Parameters}, {@link org.rewardlab.tensor.AdamW},
 *     {@link org.rewardlab.tensor.GradientNorm}</td><td>what training changes, and how</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.Check}, {@link org.rewardlab.tensor.ValueCheck}</td>
 *     <td>what a primitive may be given</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.Loss}, {@link org.rewardlab.tensor.LossInput},
 *     {@link org.rewardlab.tensor.LossOutput}, {@link org.rewardlab.tensor.LossGradients},
 *     {@link org.rewardlab.tensor.Metrics}</td><td>the shape of every loss: what it reads, what it gives</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.Masked}, {@link org.rewardlab.tensor.Aggregation}</td>
 *     <td>statistics and losses over counted tokens</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.LogProbs}, {@link org.rewardlab.tensor.Entropy}</td>
 *     <td>what a language model says of tokens</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.ResponseMask}, {@link org.rewardlab.tensor.NanMoments}</td>
 *     <td>which tokens count, and moments of the numbers that are there</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.TurnTokens}, {@link org.rewardlab.tensor.PrefixMask}</td><td>from tokens to turns and back,
 *     lengths of trajectories</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.ValueAndGradient}</td><td>what a formula gives that brings its gradient
 *     along</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.GaussianLogProbs}</td><td>log-probabilities of continuous steps</td></tr>
 * <tr><td>{@link org.rewardlab.tensor.Logistic}, {@link org.rewardlab.tensor.Numbers}</td><td>the logistic
 *     function in Java numbers, and arrays read and written a stretch at a time</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.tensor;

import org.jspecify.annotations.NullMarked;
