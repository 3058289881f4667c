/**
 * Who earned what: from rewards to the advantage of each token.
 *
 * <p>Two families meet here. A {@link org.rewardlab.credit.CreditAssignment} says which token a reward belongs to, an
 * {@link org.rewardlab.credit.AdvantageEstimator} how much better each token was than expected; any of the one goes
 * with any of the other, since both read {@link org.rewardlab.credit.Rollouts}. Nothing here is differentiated.
 *
 * <p>With r the token rewards, R the reward-to-go, s the sum of a row and v a critic's values, estimators differ in the
 * baseline that they subtract and in what they divide by:
 *
 * <table>
 * <caption>{@link org.rewardlab.credit.AdvantageEstimator}</caption>
 * <tr><th>estimator</th><th>advantage</th><th>relatives</th></tr>
 * <tr><td>{@link org.rewardlab.credit.DiscountedReturns}</td><td>R</td><td>REINFORCE</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Gae}</td><td>sum of (gamma lambda)^k (r + gamma v' - v)</td><td>lambda = 1: R -
 *     v; lambda = 0: one-step errors</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Remax}</td><td>R - score of the greedy answer</td><td>baseline 0:
 *     REINFORCE</td></tr>
 * <tr><td>{@link org.rewardlab.credit.ReinforcePlusPlus}</td><td>R, whitened over the batch</td><td>no critic, no
 *     groups</td></tr>
 * <tr><td>{@link org.rewardlab.credit.GroupRelative}</td><td>(s - group mean) / group std</td><td>GRPO; without the
 *     division Dr. GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Rloo}</td><td>s - mean of the others</td><td>G / (G-1) times Dr. GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.ReinforcePlusPlusBaseline}</td><td>s - group mean, whitened over the batch</td>
 *     <td>one deviation for all prompts</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Opo}</td><td>s - length-weighted group mean</td><td>equal lengths: Dr.
 *     GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Gpg}</td><td>alpha (s - group mean)</td><td>no zero score: Dr. GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.MaxRl}</td><td>(s - group mean) / group mean</td><td>binary scores</td></tr>
 * <tr><td>{@link org.rewardlab.credit.PassAtK}</td><td>(best - second) / group std, for the best
 *     alone</td><td></td></tr>
 * <tr><td>{@link org.rewardlab.credit.OptimalTokenBaseline}</td><td>R - energy-weighted mean of R at that position</td>
 *     <td>equal energies: the mean of R at that position</td></tr>
 * <tr><td>{@link org.rewardlab.credit.MiniLlm}</td><td>log-ratio of teacher to student to come</td><td>gamma = 1, not
 *     normalized: R of that ratio</td></tr>
 * </table>
 *
 * <p>A group of one has nothing to compare with, and the estimators part: GRPO, Dr. GRPO, OPO, GPG, REINFORCE++ and
 * RLOO let its score through, RLOO at will, MaxRL and the optimal token baseline follow their formula or baseline 0,
 * pass@k rejects it.
 *
 * <table>
 * <caption>What else is inside</caption>
 * <tr><th>class</th><th>is for</th></tr>
 * <tr><td>{@link org.rewardlab.credit.KlPenalizedRewards}</td><td>a score on the last token and a KL penalty on
 *     each</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Returns}</td><td>discounted sums of what is to come</td></tr>
 * <tr><td>{@link org.rewardlab.credit.EpisodicGae}</td><td>GAE over environments that end and start again</td></tr>
 * <tr><td>{@link org.rewardlab.credit.GroupRelativeSteps}</td><td>GRPO with a reward for each step; one step at the end
 *     is GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.MultiRewardEstimator}</td><td>several reward functions, some of which may not
 *     apply: {@link org.rewardlab.credit.MultiRewardGroupRelative} (GRPO, GDPO), {@link
 *     org.rewardlab.credit.MultiRewardRloo}</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Advantages}</td><td>what estimators give, and one number a row spread over
 *     tokens</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.credit;

import org.jspecify.annotations.NullMarked;
