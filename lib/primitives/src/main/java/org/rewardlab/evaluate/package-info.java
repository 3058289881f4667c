/**
 * Scores of critics, reward models and policies: plain numbers that say how good something is.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><th>class</th><th>asks</th></tr>
 * <tr><td>{@link org.rewardlab.evaluate.ExplainedVariance}</td><td>how much of the spread of returns a critic foresees: 1 all,
 *     0 no more than their mean does, negative less</td></tr>
 * <tr><td>{@link org.rewardlab.evaluate.RankingConsistency}</td><td>how far two judges order the same responses alike: 1 in
 *     full, 0 in reverse</td></tr>
 * <tr><td>{@link org.rewardlab.evaluate.BinaryScores}</td><td>how well yes-or-no verdicts agree with labels</td></tr>
 * <tr><td>{@link org.rewardlab.evaluate.GroupRankingAccuracy}</td><td>how often a process reward model orders answers to one prompt
 *     as their outcomes do</td></tr>
 * <tr><td>{@link org.rewardlab.evaluate.PairwiseAccuracy}</td><td>how often a reward prefers what people prefer; a tie counts
 *     half</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.evaluate;

import org.jspecify.annotations.NullMarked;
