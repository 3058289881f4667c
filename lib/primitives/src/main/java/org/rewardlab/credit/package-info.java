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
 * <tr><td>{@link org.rewardlab.credit.TurnWeightedRelative}</td><td>(s - mean) / std over all turns of a group</td><td>one turn
 *     each: GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.OutcomePlusTokens}</td><td>GRPO's outcome on the last token, plus token rewards, to
 *     go</td><td>no token rewards: GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.ForkRelative}</td><td>(r - fork mean) / fork std, for the steps of a tree</td><td>each
 *     step counts once</td></tr>
 * <tr><td>{@link org.rewardlab.credit.TreeRelative}</td><td>GRPO of trajectories plus ForkRelative</td><td>no fork part: GRPO
 *     on a tree</td></tr>
 * <tr><td>{@link org.rewardlab.credit.MiniLlm}</td><td>log-ratio of teacher to student to come</td><td>gamma = 1, not
 *     normalized: R of that ratio</td></tr>
 * <tr><td>{@link org.rewardlab.credit.ProcessOutcomeRloo}</td><td>R of process rewards and of the outcome, each minus the mean
 *     of the others</td><td>process coefficient 0: RLOO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.TurnGroupRelative}</td><td>sum of the group-relative rewards of the turns to come</td><td>one
 *     turn: GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.StepEpisodeAdvantage}</td><td>group-relative outcome plus alpha times the group-relative reward
 *     of the step</td><td>alpha 0: RLOO or GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.PositionalGroupBaseline}</td><td>R - mean of R at that position</td><td></td></tr>
 * </table>
 *
 * <p>A group of one has nothing to compare with, and the estimators part: GRPO, Dr. GRPO, OPO, GPG, REINFORCE++ and
 * RLOO let its score through, RLOO at will, MaxRL and the optimal token baseline follow their formula or baseline 0,
 * pass@k rejects it.
 *
 * <p>A position may be a token, or a turn of an agent: {@link org.rewardlab.tensor.TurnTokens} goes from the one to the other.
 *
 * <table>
 * <caption>{@link org.rewardlab.credit.CreditAssignment}</caption>
 * <tr><th>assignment</th><th>what a token, step or turn earns</th></tr>
 * <tr><td>{@link org.rewardlab.credit.ImplicitReward}</td><td>beta times its log-ratio to a reference</td></tr>
 * <tr><td>{@link org.rewardlab.credit.ReturnNorm}</td><td>what it had, over the largest reward-to-go of the batch</td></tr>
 * <tr><td>{@link org.rewardlab.credit.OutcomeOnLastTurn}</td><td>what it had; the last turn the outcome</td></tr>
 * <tr><td>{@link org.rewardlab.credit.CentredStepRewards}</td><td>its score and the outcome, centred together</td></tr>
 * <tr><td>{@link org.rewardlab.credit.UniformRedistribution}</td><td>an equal share of the outcome</td></tr>
 * <tr><td>{@link org.rewardlab.credit.ProcessRewards}</td><td>a process reward model's score of its step, clipped, as a difference
 *     or as it is</td></tr>
 * <tr><td>{@link org.rewardlab.credit.TreeStepRewards}</td><td>by what became of the trajectories through it</td></tr>
 * <tr><td>{@link org.rewardlab.credit.UtteranceAttribution}, {@link org.rewardlab.credit.KeyUtterances}</td><td>its
 *     utterance's share in a dialogue's score</td></tr>
 * <tr><td>{@link org.rewardlab.credit.TurnBroadcast}</td><td>the whole score, every turn</td></tr>
 * <tr><td>{@link org.rewardlab.credit.FlowRewards}</td><td>a little less the farther it lies from good ones</td></tr>
 * <tr><td>{@link org.rewardlab.credit.HallucinationRewards}, {@link org.rewardlab.credit.SubgoalBonus}</td><td>by verdicts on
 *     segments and steps</td></tr>
 * <tr><td>{@link org.rewardlab.credit.DenseKlPenalty}</td><td>what it had, less a KL penalty</td></tr>
 * </table>
 *
 * <table>
 * <caption>What else is inside</caption>
 * <tr><th>class</th><th>is for</th></tr>
 * <tr><td>{@link org.rewardlab.credit.KlPenalizedRewards}</td><td>a score on the last token and a KL penalty on each</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Returns}</td><td>discounted sums of what is to come, and the targets of
 *     TD(lambda)</td></tr>
 * <tr><td>{@link org.rewardlab.credit.InducedTokenRewards}</td><td>token rewards that a model trained by DPO implies</td></tr>
 * <tr><td>{@link org.rewardlab.credit.EpisodicGae}</td><td>GAE over environments that end and start again</td></tr>
 * <tr><td>{@link org.rewardlab.credit.GroupRelativeSteps}</td><td>GRPO with a reward for each step; one step at the end is
 *     GRPO</td></tr>
 * <tr><td>{@link org.rewardlab.credit.TreeSampling}, {@link org.rewardlab.credit.StepTree}</td><td>trajectories that share their first
 *     steps</td></tr>
 * <tr><td>{@link org.rewardlab.credit.MultiRewardEstimator}</td><td>several reward functions, some of which may not apply:
 *     {@link org.rewardlab.credit.MultiRewardGroupRelative} (GRPO, GDPO), {@link org.rewardlab.credit.MultiRewardRloo}</td></tr>
 * <tr><td>{@link org.rewardlab.credit.BufferAdvantage}, {@link org.rewardlab.credit.RewardBuffer}</td><td>rewards standardised by
 *     those of earlier batches</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Groups}</td><td>rows that answer one prompt</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Advantages}</td><td>what estimators give, and one number a row spread over
 *     tokens</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Rollouts}</td><td>sampled responses as both families read them</td></tr>
 * <tr><td>{@link org.rewardlab.credit.BootstrappedRelative}</td><td>advantages from a pairwise judge alone, with
 *     one response of the group as the reference</td></tr>
 * <tr><td>{@link org.rewardlab.credit.ContrastiveTokenRewards}</td><td>weak token rewards from two opinions on one
 *     response</td></tr>
 * <tr><td>{@link org.rewardlab.credit.Episodes}</td><td>what {@link org.rewardlab.credit.EpisodicGae} reads: steps
 *     of environments side by side</td></tr>
 * <tr><td>{@link org.rewardlab.credit.StepRewards}</td><td>what {@link org.rewardlab.credit.GroupRelativeSteps}
 *     reads: rewards of steps, and where steps end</td></tr>
 * <tr><td>{@link org.rewardlab.credit.RewardTable}</td><td>what a
 *     {@link org.rewardlab.credit.MultiRewardEstimator} reads: a column for each reward function</td></tr>
 * <tr><td>{@link org.rewardlab.credit.SegmentVerdicts}</td><td>what
 *     {@link org.rewardlab.credit.HallucinationRewards} read: what classifiers say of each segment</td></tr>
 * <tr><td>{@link org.rewardlab.credit.RewardBounds}</td><td>bounds that rewards are clipped to</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.credit;

import org.jspecify.annotations.NullMarked;
