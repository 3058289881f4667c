/**
 * Choosing by reward, with the policy left as it is: which response, which token, which pair, which prompts.
 *
 * <p>Choices are constants for differentiation. Nothing here trains; what comes out is an index, a label, a flag or a probability.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><th>class</th><th>takes</th></tr>
 * <tr><td>{@link org.rewardlab.select.BestAndWorst}</td><td>the best candidate against the worst, as a preference pair</td></tr>
 * <tr><td>{@link org.rewardlab.select.ValueAugmentedSampling}</td><td>the next token by the model's logits plus the value of
 *     where it leads</td></tr>
 * <tr><td>{@link org.rewardlab.select.ResponseSelection}</td><td>the next turn, from candidates and what speaks for them</td></tr>
 * <tr><td>{@link org.rewardlab.select.AccuracyFilter}</td><td>the prompts that teach: neither too easy nor too hard</td></tr>
 * <tr><td>{@link org.rewardlab.select.BestAgainstWorst}</td><td>the best response of a prompt against its worst</td></tr>
 * <tr><td>{@link org.rewardlab.select.LargeMarginPairs}</td><td>all pairs of which one is good and clearly better</td></tr>
 * <tr><td>{@link org.rewardlab.select.ConsistentPreference}</td><td>pairs on which all judges are on one side</td></tr>
 * <tr><td>{@link org.rewardlab.select.PairwiseVote}</td><td>one verdict from judgments in both orders</td></tr>
 * <tr><td>{@link org.rewardlab.select.GroupSkew}</td><td>groups whose advantages don't all lean to one side</td></tr>
 * <tr><td>{@link org.rewardlab.select.ResponseCandidates}</td><td>what
 *     {@link org.rewardlab.select.ResponseSelection} reads</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.select;

import org.jspecify.annotations.NullMarked;
