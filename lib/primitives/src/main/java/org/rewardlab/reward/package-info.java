/**
 * Rewards: the losses that reward models are trained with, and statistics of rewards.
 *
 * <p>A reward model gives a response a number. What it is trained on decides the loss:
 *
 * <table>
 * <caption>{@link org.rewardlab.reward.RewardModelLoss}</caption>
 * <tr><th>data</th><th>loss</th><th>relatives</th></tr>
 * <tr><td>pairs, {@link org.rewardlab.reward.RewardPairs}</td><td>{@link org.rewardlab.reward.BradleyTerry} with
 *     margins and centering, {@link org.rewardlab.reward.LogExp}</td><td>LogExp is Bradley-Terry without
 *     options</td></tr>
 * <tr><td>rankings, {@link org.rewardlab.reward.RankedRewards}</td><td>{@link
 *     org.rewardlab.reward.PlackettLuce}</td><td>of two: Bradley-Terry</td></tr>
 * <tr><td>ratings, {@link org.rewardlab.reward.RewardTargets}</td><td>{@link
 *     org.rewardlab.reward.RewardRegression}</td>
 *     <td></td></tr>
 * <tr><td>labels of steps, {@link org.rewardlab.reward.StepLogits}</td><td>{@link
 *     org.rewardlab.reward.PrmTokenLoss}</td>
 *     <td>two classes at every token: OrmBce on their difference</td></tr>
 * <tr><td>verdicts on responses, {@link org.rewardlab.reward.TokenLabels}</td><td>{@link
 *     org.rewardlab.reward.OrmBce}</td><td></td></tr>
 * <tr><td>comparisons with ties, {@link org.rewardlab.reward.ComparedRewards}</td><td>{@link
 *     org.rewardlab.reward.PreferenceCrossEntropy}</td><td>without ties: Bradley-Terry</td></tr>
 * <tr><td>outcomes of responses, {@link org.rewardlab.reward.OutcomeLogps}</td><td>{@link
 *     org.rewardlab.reward.ImplicitPrmLoss}</td><td>the model is its own process reward</td></tr>
 * <tr><td>outcomes of an agent's trajectories, {@link org.rewardlab.reward.StepTrajectories}</td><td>{@link
 *     org.rewardlab.reward.TrajectoryDpo}</td><td>one step each: DPO</td></tr>
 * <tr><td>returns of episodes, {@link org.rewardlab.reward.EpisodeReturns}</td><td>{@link
 *     org.rewardlab.reward.ReturnDecomposition}</td><td>in closed form {@link org.rewardlab.reward.LatentRidge}</td></tr>
 * </table>
 *
 * <p>Pairs and rankings fix a reward up to a constant for each prompt; centering, ratings and verdicts fix the
 * constant.
 *
 * <p>{@link org.rewardlab.reward.RunningMoments} is the mean and spread of all rewards seen, a value that is passed on.
 *
 * <p>What comes out of a reward model or a verifier may be shaped before it is optimised. A {@link
 * org.rewardlab.reward.RewardTransform} goes from rewards to rewards and chains with others; group filters must look at
 * the raw outcome, never at shaped rewards.
 *
 * <table>
 * <caption>{@link org.rewardlab.reward.RewardTransform} of {@link org.rewardlab.reward.ScoredResponses}</caption>
 * <tr><th>transform</th><th>looks at</th><th>relatives</th></tr>
 * <tr><td>{@link org.rewardlab.reward.OverlongPenalty}</td><td>length</td><td>factor 1 adds its own soft
 *     punishment</td></tr>
 * <tr><td>{@link org.rewardlab.reward.StopProperly}</td><td>truncation</td><td>coefficient 1 changes nothing</td></tr>
 * <tr><td>{@link org.rewardlab.reward.CosineLength}</td><td>outcome and length</td><td>equal bounds: the outcome
 *     alone</td></tr>
 * <tr><td>{@link org.rewardlab.reward.LengthPenalty}</td><td>length</td><td>coefficient 0 changes nothing</td></tr>
 * <tr><td>{@link org.rewardlab.reward.Ceiling}, {@link org.rewardlab.reward.SigmoidReward}</td><td>the reward itself</td>
 *     <td>bounded above; not centred</td></tr>
 * <tr><td>{@link org.rewardlab.reward.ReferenceShape}</td><td>rewards of reference answers</td><td>one reference and a
 *     sigmoid: the Bradley-Terry probability</td></tr>
 * <tr><td>{@link org.rewardlab.reward.LogSigmoidCentred}</td><td>a quantile of reference rewards</td><td>bounded above</td></tr>
 * </table>
 *
 * <p>Rewards of several properties become one by a {@link org.rewardlab.reward.RewardCombination}; measured by a {@link
 * org.rewardlab.reward.PromptReference} and passed through a {@link org.rewardlab.reward.LogSigmoidUtility} they add up to a
 * logical and.
 *
 * <p>{@link org.rewardlab.reward.LikelihoodRewards} are what a language model thinks of responses by their probability.
 *
 * <p>A flow network learns where the hidden states of good trajectories lie ({@link org.rewardlab.reward.FlowMatching}, {@link
 * org.rewardlab.reward.FlowUpdate}) and judges others by {@link org.rewardlab.reward.VelocityDeviation}. {@link
 * org.rewardlab.reward.DimensionMix} makes several dimensions one reward; {@link org.rewardlab.reward.EmotionDynamics} is a simulated
 * user whose last emotion is the reward.
 *
 * <p>{@link org.rewardlab.reward.RunningScaling} normalises by all rewards seen and carries a state. {@link
 * org.rewardlab.reward.CompositeReward} adds components up. {@link org.rewardlab.reward.FollowupLikelihood} reads a reward off
 * what a user may say next.
 *
 * <p>{@link org.rewardlab.reward.RepetitionPenalty} scores tokens themselves: what a response says again.
 *
 * <p>Rewards that need no reward model:
 *
 * <table>
 * <caption>Rewards of steps, turns and messages</caption>
 * <tr><th>class</th><th>pays</th></tr>
 * <tr><td>{@link org.rewardlab.reward.LabelTable}, {@link org.rewardlab.reward.ClassificationReward}, {@link
 *     org.rewardlab.reward.StandardizedThreshold}</td><td>messages that an annotator, a classifier or a ranking model finds
 *     helpful; {@link org.rewardlab.reward.AnnotationQueue} says which to annotate next</td></tr>
 * <tr><td>{@link org.rewardlab.reward.IntrinsicBonus}, {@link org.rewardlab.reward.EpisodicCounts}</td><td>less for what has been
 *     met before</td></tr>
 * <tr><td>{@link org.rewardlab.reward.AnswerBelief}, {@link org.rewardlab.reward.InformationGain}</td><td>turns that bring the right
 *     answer nearer</td></tr>
 * <tr><td>{@link org.rewardlab.reward.PrincipleScore}</td><td>steps by the points a judge gives</td></tr>
 * <tr><td>{@link org.rewardlab.reward.SentenceReward}</td><td>sentences by the label of a detector</td></tr>
 * <tr><td>{@link org.rewardlab.reward.LatentRewardEncoder}, {@link org.rewardlab.reward.EncoderVerification}</td><td>factors of a
 *     reward that somebody wrote as code, tried before they are trusted</td></tr>
 * </table>
 *
 * <table>
 * <caption>What else is inside</caption>
 * <tr><th>class</th><th>is</th></tr>
 * <tr><td>{@link org.rewardlab.reward.RewardFunction}</td><td>the family of rewards that read text</td></tr>
 * <tr><td>{@link org.rewardlab.reward.RewardCombination}, {@link org.rewardlab.reward.CompositeReward},
 *     {@link org.rewardlab.reward.DimensionMix}</td><td>several rewards made one: by a formula, by a weighted sum,
 *     after each is brought to the unit interval</td></tr>
 * <tr><td>{@link org.rewardlab.reward.PromptReference}, {@link org.rewardlab.reward.LogSigmoidUtility}</td><td>how
 *     far a property is from what is usual for the prompt, and a utility whose sums act as a logical and</td></tr>
 * <tr><td>{@link org.rewardlab.reward.RunningMoments}, {@link org.rewardlab.reward.RunningScaling}</td><td>the
 *     mean and spread of all rewards seen, and rewards scaled by them</td></tr>
 * <tr><td>{@link org.rewardlab.reward.LikelihoodRewards}</td><td>what a language model thinks of responses by
 *     their probability</td></tr>
 * <tr><td>{@link org.rewardlab.reward.FollowupLikelihood}, {@link org.rewardlab.reward.Followups}</td><td>rewards
 *     read off what a user may say next</td></tr>
 * <tr><td>{@link org.rewardlab.reward.FlowMatching}, {@link org.rewardlab.reward.FlowUpdate},
 *     {@link org.rewardlab.reward.VelocityDeviation}</td><td>a flow network of good hidden states: its loss, its
 *     updates, its judgment of others</td></tr>
 * <tr><td>{@link org.rewardlab.reward.FlowVelocities}, {@link org.rewardlab.reward.FlowUpdateBatch},
 *     {@link org.rewardlab.reward.FlowContext}</td><td>what these read, and what the network is told</td></tr>
 * <tr><td>{@link org.rewardlab.reward.EmotionDynamics}</td><td>a simulated user whose last emotion is the
 *     reward</td></tr>
 * <tr><td>{@link org.rewardlab.reward.RepetitionPenalty}</td><td>token rewards against what a response says
 *     again</td></tr>
 * <tr><td>{@link org.rewardlab.reward.FittedSigmoid}</td><td>a sigmoid as a polynomial, for
 *     {@link org.rewardlab.reward.ReferenceShape}</td></tr>
 * <tr><td>{@link org.rewardlab.reward.JudgedSentence}</td><td>what {@link org.rewardlab.reward.SentenceReward}
 *     reads</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.reward;

import org.jspecify.annotations.NullMarked;
