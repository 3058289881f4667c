/**
 * Scores of critics, reward models and policies: plain numbers that say how good something is.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><th>class</th><th>asks</th></tr>
 * <tr><td>{@link org.rewardlab.evaluate.ExplainedVariance}</td><td>how much of the spread of returns a critic foresees: 1 all,
 *     0 no more than their mean does, negative less</td></tr>
 * <tr><td>{@link org.rewardlab.evaluate.PairwiseAccuracy}</td><td>how often a reward prefers what people prefer; a tie counts
 *     half</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.evaluate;

import org.jspecify.annotations.NullMarked;
