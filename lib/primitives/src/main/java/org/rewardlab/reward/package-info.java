/**
 * Rewards: the losses that reward models are trained with, and statistics of rewards.
 *
 * <p>A reward model gives a response a number. What it is trained on decides the loss:
 *
 * <table>
 * <caption>{@link org.rewardlab.reward.RewardModelLoss}</caption>
 * <tr><th>data</th><th>loss</th><th>relatives</th></tr>
 * <tr><td>pairs, {@link org.rewardlab.reward.RewardPairs}</td><td>{@link org.rewardlab.reward.BradleyTerry} with margins
 *     and centering, {@link org.rewardlab.reward.LogExp}</td><td>LogExp is Bradley-Terry without options</td></tr>
 * <tr><td>rankings, {@link org.rewardlab.reward.RankedRewards}</td><td>{@link org.rewardlab.reward.PlackettLuce}</td><td>of
 *     two: Bradley-Terry</td></tr>
 * <tr><td>ratings, {@link org.rewardlab.reward.RewardTargets}</td><td>{@link org.rewardlab.reward.RewardRegression}</td>
 *     <td></td></tr>
 * <tr><td>labels of steps, {@link org.rewardlab.reward.StepLogits}</td><td>{@link org.rewardlab.reward.PrmTokenLoss}</td>
 *     <td>two classes at every token: OrmBce on their difference</td></tr>
 * <tr><td>verdicts on responses, {@link org.rewardlab.reward.TokenLabels}</td><td>{@link
 *     org.rewardlab.reward.OrmBce}</td><td></td></tr>
 * </table>
 *
 * <p>Pairs and rankings fix a reward up to a constant for each prompt; centering, ratings and verdicts fix the constant.
 *
 * <p>{@link org.rewardlab.reward.RunningMoments} is the mean and spread of all rewards seen, a value that is passed on.
 *
 * <p>What comes out of a reward model or a verifier may be shaped before it is optimised. A {@link
 * org.rewardlab.reward.RewardTransform} goes from rewards to rewards and chains with others; group filters must look at the
 * raw outcome, never at shaped rewards.
 *
 * <table>
 * <caption>{@link org.rewardlab.reward.RewardTransform} of {@link org.rewardlab.reward.ScoredResponses}</caption>
 * <tr><th>transform</th><th>looks at</th><th>relatives</th></tr>
 * <tr><td>{@link org.rewardlab.reward.OverlongPenalty}</td><td>length</td><td>factor 1 adds its own soft punishment</td></tr>
 * <tr><td>{@link org.rewardlab.reward.StopProperly}</td><td>truncation</td><td>coefficient 1 changes nothing</td></tr>
 * <tr><td>{@link org.rewardlab.reward.CosineLength}</td><td>outcome and length</td><td>equal bounds: the outcome alone</td></tr>
 * <tr><td>{@link org.rewardlab.reward.LengthPenalty}</td><td>length</td><td>coefficient 0 changes nothing</td></tr>
 * <tr><td>{@link org.rewardlab.reward.Ceiling}, {@link org.rewardlab.reward.SigmoidReward}</td><td>the reward itself</td>
 *     <td>bounded above; not centred</td></tr>
 * <tr><td>{@link org.rewardlab.reward.ReferenceShape}</td><td>rewards of reference answers</td><td>one reference and a
 *     sigmoid: the Bradley-Terry probability</td></tr>
 * <tr><td>{@link org.rewardlab.reward.LogSigmoidCentred}</td><td>a quantile of reference rewards</td><td>bounded above</td></tr>
 * </table>
 *
 * <p>{@link org.rewardlab.reward.RunningScaling} normalises by all rewards seen and carries a state. {@link
 * org.rewardlab.reward.CompositeReward} adds components up. {@link org.rewardlab.reward.FollowupLikelihood} reads a reward off
 * what a user may say next.
 *
 * <p>{@link org.rewardlab.reward.RepetitionPenalty} scores tokens themselves: what a response says again.
 */
@NullMarked
package org.rewardlab.reward;

import org.jspecify.annotations.NullMarked;
