/**
 * Losses that move a policy towards what earned high advantages, and what holds it near a reference.
 *
 * <p>All losses below read a {@link org.rewardlab.policy.PolicyBatch}: {@code r = exp(logps - oldLogps)} says how the
 * policy in training has moved since the batch was sampled, {@code A} how good a token was. They differ in three
 * choices.
 *
 * <ol>
 * <li><b>What stops a ratio that runs away.</b> PPO clips it (where the clip decides, a token has no gradient); SAPO
 *     lets a sigmoid fade it; CISPO clips the weight but keeps the gradient of {@code logps}; VESPO weights by a bump
 *     in the ratio of the sequence; GMPO clips in log space; REINFORCE has no ratio.
 * <li><b>Whose ratio it is.</b> Of a token (PPO, GRPO), of a sequence as a geometric mean (GSPO, LUSPO, GMPO) or as a
 *     product (RLOO).
 * <li><b>What the sum of token losses is divided by</b> ({@link org.rewardlab.tensor.Aggregation},
 *     {@link org.rewardlab.policy.GrpoDenominator}): GRPO, Dr. GRPO, BNPO and DAPO differ in nothing else.
 * </ol>
 *
 * <p>Which limit of which method is which other: on policy (r = 1) every one has the gradient of REINFORCE, {@code -A}
 * over the denominator, while the value is {@code -mean A} or 0. Sequences of one token make GSPO and RLOO into PPO.
 * DAPO without a KL term is PPO without its dual clip. KL-cov with coefficient 0 is PPO with an endless range; clip-cov
 * without candidates is PPO; rollout correction with an engine that agrees is PPO.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><th>class</th><th>is</th></tr>
 * <tr><td>{@link org.rewardlab.policy.PolicyLoss}</td><td>the family, with a factory for each member</td></tr>
 * <tr><td>{@link org.rewardlab.policy.PpoClip}</td><td>PPO with dual clip and clip-higher</td></tr>
 * <tr><td>{@link org.rewardlab.policy.Grpo}</td><td>GRPO, BNPO, Dr. GRPO, DAPO, LUSPO, CISPO with a cap, SAPO, VESPO:
 *     one record of a {@link org.rewardlab.policy.GrpoSurrogate}, an {@link org.rewardlab.policy.ImportanceLevel} and a
 *     {@link org.rewardlab.policy.GrpoDenominator}</td></tr>
 * <tr><td>{@link org.rewardlab.policy.Gspo}, {@link org.rewardlab.policy.Gmpo}, {@link
 *     org.rewardlab.policy.RlooLoss}</td>
 *     <td>sequence ratios</td></tr>
 * <tr><td>{@link org.rewardlab.policy.LengthNormalizedPpo}, {@link org.rewardlab.policy.StepPpo}</td><td>ratios of sentences and of
 *     an agent's steps</td></tr>
 * <tr><td>{@link org.rewardlab.policy.Sapo}, {@link org.rewardlab.policy.Cispo}, {@link
 *     org.rewardlab.policy.Reinforce}</td>
 *     <td>no clip of the loss</td></tr>
 * <tr><td>{@link org.rewardlab.policy.ClipCov}, {@link org.rewardlab.policy.KlCov}</td><td>the entropy held
 *     up</td></tr>
 * <tr><td>{@link org.rewardlab.policy.RolloutCorrectedPpo}, {@link org.rewardlab.policy.RolloutCorrection}</td>
 *     <td>an engine that samples with other numbers than the policy's</td></tr>
 * <tr><td>{@link org.rewardlab.policy.KlEstimator}, {@link org.rewardlab.policy.Kl}</td>
 *     <td>how far the policy is from its reference</td></tr>
 * <tr><td>{@link org.rewardlab.policy.TiltedPolicy}</td><td>the optimum of reward minus KL in closed form</td></tr>
 * <tr><td>{@link org.rewardlab.policy.KlController}</td><td>how the weight of a KL penalty or an entropy bonus moves</td></tr>
 * <tr><td>{@link org.rewardlab.policy.ConstrainedPpo}, {@link org.rewardlab.policy.ConstrainedAdvantages}, {@link
 *     org.rewardlab.policy.LagrangeMultipliers}, {@link org.rewardlab.policy.NelderMead}</td><td>component rewards held at
 *     thresholds, and a search for these</td></tr>
 * <tr><td>{@link org.rewardlab.policy.SoftPolicyIteration}</td><td>the best policy near another one, in closed form</td></tr>
 * <tr><td>{@link org.rewardlab.policy.ValueLoss}, {@link org.rewardlab.policy.SquaredValue}</td><td>what a critic is trained
 *     by</td></tr>
 * <tr><td>{@link org.rewardlab.policy.NegativeLogLikelihood}</td><td>supervised fine-tuning: REINFORCE with advantages of 1</td></tr>
 * <tr><td>{@link org.rewardlab.policy.GeneralizedJsd}</td><td>distillation on policy</td></tr>
 * <tr><td>{@link org.rewardlab.policy.ExtrapolatedDistillation}, {@link org.rewardlab.policy.ExtrapolatedTeacher}</td>
 *     <td>distillation from a teacher that lies beyond a DPO model: AlignDistil</td></tr>
 * <tr><td>{@link org.rewardlab.policy.PolicyBatch}, {@link org.rewardlab.policy.ValueBatch},
 *     {@link org.rewardlab.policy.ConstrainedBatch}</td><td>what the losses of a policy, of a critic and under
 *     constraints read</td></tr>
 * <tr><td>{@link org.rewardlab.policy.PlusKl}, {@link org.rewardlab.policy.PlusEntropy}</td><td>any policy loss
 *     with a KL penalty or an entropy bonus in the loss</td></tr>
 * <tr><td>{@link org.rewardlab.policy.Squash}</td><td>how a multiplier becomes the weight of its
 *     constraint</td></tr>
 * <tr><td>{@link org.rewardlab.policy.SequenceNegativeLogLikelihood}</td><td>supervised fine-tuning in which every
 *     sequence counts the same</td></tr>
 * <tr><td>{@link org.rewardlab.policy.TokenLogps}, {@link org.rewardlab.policy.DistillationBatch},
 *     {@link org.rewardlab.policy.TwoModelBatch}</td><td>what supervised losses and the two distillations
 *     read</td></tr>
 * </table>
 *
 * <p>Estimates and the exact divergence: the means of k1 and k3 over tokens drawn from the policy converge to {@link
 * org.rewardlab.policy.Kl#exact the exact divergence} reversed. As a loss, k1 has an expected gradient of 0, k2 that of
 * the reverse divergence, k3 that of the forward one; {@link org.rewardlab.policy.Kl#importanceCorrected the corrected
 * one} has the reverse one off policy too. The generalized Jensen-Shannon divergence runs from the forward (beta 0) to
 * the reverse divergence (beta 1).
 */
@NullMarked
package org.rewardlab.policy;

import org.jspecify.annotations.NullMarked;
